"""What the system says when it refuses."""

from __future__ import annotations

from .text import Words, message_in

REASONS: dict[str, Words] = {
    str(text): text
    for text in (
        message_in("system", "No such file or directory"),
        message_in("system", "Permission denied"),
        message_in("system", "Operation not permitted"),
        message_in("system", "Not a directory"),
        message_in("system", "Is a directory"),
        message_in("system", "File exists"),
        message_in("system", "File name too long"),
        message_in("system", "Read-only file system"),
        message_in("system", "No space left on device"),
        message_in("system", "Too many open files"),
        message_in("system", "Input/output error"),
        message_in("system", "Address already in use"),
        message_in("system", "Cannot assign requested address"),
        message_in("system", "Connection refused"),
        message_in("system", "Name or service not known"),
        message_in("system", "nodename nor servname provided, or not known"),
        message_in("system", "Temporary failure in name resolution"),
    )
}
"""What systems say most often when they refuse."""


def reason(error: OSError | UnicodeError) -> str:
    """Why the system refused, in its own words; with their Chinese where they are common ones."""
    said = getattr(error, "strerror", None) or str(error)
    return REASONS.get(said, said)
