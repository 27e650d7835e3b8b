"""Renders the sample clips of the demo; run by hand, never needed at run time."""
