"""Tools for building and documenting the project; nothing here runs in the app."""
