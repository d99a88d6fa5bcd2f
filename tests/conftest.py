"""All tests run with bounds checking on: compiled code would otherwise read past a table without a word."""

import os

from refused import refusals_have_their_chinese  # noqa: F401 (a fixture for every test)

os.environ.setdefault("NUMBA_BOUNDSCHECK", "1")


def pytest_sessionstart(session):
    """Compile what is not on disk before the first test, in two processes."""
    from linli.experiments.compiling import compile_if_stale

    compile_if_stale()
