"""Who is who in a room, without names: signed random tokens, and how often one of them may knock."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable

SIGNED = 22
"""Letters of a token's random part, and of its signature: 128 bits each."""


class Tokens:
    """Makes the tokens of one room, and knows them again after a restart, as its secret is kept with the room."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def new(self) -> str:
        """A token that nobody can guess."""
        name = secrets.token_urlsafe(16)
        return f"{name}.{self._signature('phone', name)}"

    def known(self, token: object) -> bool:
        """Whether this room made the token."""
        if not isinstance(token, str) or not token.isascii() or len(token) != 2 * SIGNED + 1:
            return False
        name, _, signature = token.partition(".")
        return hmac.compare_digest(signature, self._signature("phone", name))

    @property
    def facilitator(self) -> str:
        """The token of the facilitator's link; it outlives a restart."""
        return self._signature("facilitator", "")

    def facilitates(self, token: object) -> bool:
        """Whether this is the facilitator's token."""
        return isinstance(token, str) and token.isascii() and hmac.compare_digest(token, self.facilitator)

    def _signature(self, purpose: str, name: str) -> str:
        found = hmac.digest(self._secret, f"{purpose}:{name}".encode(), "sha256")
        return urlsafe_b64encode(found).decode()[:SIGNED]


def who_is(token: str) -> str:
    """The name under which the answers of a token are kept; the token cannot be found from it."""
    return hashlib.sha256(token.encode()).hexdigest()[:24]


class Pace:
    """How often each may ask: `rate` times a second on average, `burst` times at once."""

    def __init__(
        self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic, most: int = 4_096
    ) -> None:
        self.rate, self.burst, self.clock, self.most = rate, burst, clock, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, who: str) -> bool:
        """Whether this one may ask now; counts the asking if so."""
        now = self.clock()
        left, then = self._left.pop(who, (self.burst, now))
        left = min(self.burst, left + (now - then) * self.rate)
        allowed = left >= 1.0
        self._left[who] = (left - 1.0 if allowed else left, now)
        if len(self._left) > self.most:
            self._left.popitem(last=False)
        return allowed
