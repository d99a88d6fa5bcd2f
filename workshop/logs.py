"""What the log of the server keeps: errors of ours in full, what strangers do to it in a line or not at all."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from types import TracebackType

LOGGERS = ("uvicorn.error", "engineio.server", "socketio.server", "asyncio")
"""Where errors in answering browsers are logged."""

CABLES = ("engineio", "socketio")
"""The packages that take messages from browsers. What visitors do on a page is handled, and logged, by NiceGUI."""


def keep_in_order() -> None:
    """From now on, log what comes of foul messages in a line, and nothing of browsers that went away."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(of_interest)


def of_interest(record: logging.LogRecord) -> bool:
    """Whether to log this at all; a message that no page of ours sends is made a line."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return True
    if isinstance(error, RuntimeError) and str(error) == "No response returned.":
        return False  # a browser that went away before it was answered, which the framework takes for an error
    if any(name.partition(".")[0] in CABLES for name in modules(error.__traceback__)):
        said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        record.msg, record.args = f"A message that no page of ours sends was refused ({said})", ()
        record.exc_info = record.exc_text = None
    return True


def modules(trace: TracebackType | None) -> Iterator[str]:
    """The modules that an error has come through."""
    while trace is not None:
        yield str(trace.tb_frame.f_globals.get("__name__", ""))
        trace = trace.tb_next
