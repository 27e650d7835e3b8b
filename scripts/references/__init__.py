"""Reference movements: a jointed figure posed exercise by exercise, written to `poses/reference/`.

A tool for making data, never a runtime dependency; the tests make their own recordings with the same figure.
"""
