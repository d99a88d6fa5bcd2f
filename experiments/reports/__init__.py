"""Reports: one self-contained page from any directory of results."""

from .page import report

__all__ = ["report"]
