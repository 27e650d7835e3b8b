"""A made-up clinic, so that every page can be seen alive. Nobody in it is real, and it says so on every page."""
