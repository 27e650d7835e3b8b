"""The generated parts of the documentation: `python -m scripts.docs` writes them, `--check` says what is stale.

Pages are written by hand; what code already says is filled in between `<!-- made: NAME -->` and `<!-- end -->`.
"""
