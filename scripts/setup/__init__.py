"""What `make` runs before the project itself is installed: needs nothing but a shell and Python."""
