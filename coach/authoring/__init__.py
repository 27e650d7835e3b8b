"""Making an exercise out of a recording of a few repetitions."""
