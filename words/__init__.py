"""What linli says, in two languages: English stands where it is said, Chinese in one catalogue, `zh.po`."""

from .text import LANGUAGES, Words, capital, listed, message, message_in, pair, strung, told

__all__ = ["LANGUAGES", "Words", "capital", "listed", "message", "message_in", "pair", "strung", "told"]
