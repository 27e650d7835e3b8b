"""Which exercise is being done, and how often what has no definition is repeated."""
