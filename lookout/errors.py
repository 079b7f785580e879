"""What a verb raises when it cannot do its work, and the exit codes the command answers with."""

EXIT_FINE = 0
EXIT_FINDINGS = 1
EXIT_COULD_NOT_RUN = 2
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells report it
EXIT_READER_GONE = 141  # 128 + SIGPIPE: `lookout ... | head` is no fault, and 1 would read as findings


class CouldNotRun(Exception):
    """The command could not do what it was asked; it is shown without a trace and the exit code is 2.

    `message` says which thing failed and why, `next_step` what the reader does about it (may be empty when the
    message already ends in one).
    """

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(f"{message}\n{next_step}" if next_step else message)
        self.message = message
        self.next_step = next_step
