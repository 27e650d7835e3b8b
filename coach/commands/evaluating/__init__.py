"""How good is it? Counts, angles and form held against what people labelled or machines measured."""
