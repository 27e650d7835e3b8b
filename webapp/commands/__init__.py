"""The web app's commands, one module a noun. Each imports what it needs when it runs: `coach --help` stays quick."""
