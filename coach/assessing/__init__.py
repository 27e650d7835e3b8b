"""Measuring what somebody can do: ranges of motion and functional tests."""
