"""The log of the server: errors of ours in full, foul messages in a line, and browsers that went away not at all."""

from __future__ import annotations

import logging

from linli.workshop.logs import of_interest


def logged(error: Exception, module: str) -> logging.LogRecord:
    """The record of an error that was raised in a module of this name."""
    try:
        exec(compile("raise error", "somewhere.py", "exec"), {"__name__": module, "error": error})
    except Exception as raised:
        found = (type(raised), raised, raised.__traceback__)
    return logging.LogRecord("asyncio", logging.ERROR, "x.py", 1, "Task exception was never %s", ("retrieved",), found)


def test_a_foul_message_takes_a_line():
    record = logged(KeyError("client_id"), "socketio.async_server")
    assert of_interest(record) and record.exc_info is None
    assert record.getMessage() == "A message that no page of ours sends was refused (KeyError: 'client_id')"


def test_an_error_of_ours_is_logged_in_full():
    record = logged(KeyError("x"), "linli.workshop.house")
    assert of_interest(record) and record.exc_info and record.getMessage() == "Task exception was never retrieved"


def test_a_browser_that_went_away_is_not_logged():
    assert not of_interest(logged(RuntimeError("No response returned."), "starlette.middleware.base"))
    assert of_interest(logging.LogRecord("uvicorn.error", logging.INFO, "x.py", 1, "started", (), None))
