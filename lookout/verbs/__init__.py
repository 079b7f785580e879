"""One module per verb of the command; `lookout.main` names them and imports only the one that is used."""
