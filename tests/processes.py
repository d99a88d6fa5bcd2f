"""Processes that tests begin."""

from __future__ import annotations

import signal


def hear_ctrl_c() -> None:
    """In a process to be: Ctrl-C is heard, also where tests run in the background of a shell, which has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
