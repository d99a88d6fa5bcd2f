"""All tests run with bounds checking on: compiled code would otherwise read past a table without a word."""

import os

os.environ.setdefault("NUMBA_BOUNDSCHECK", "1")
