"""What a person sees of the sandbox in a browser: the account, each object, and the runbooks."""
