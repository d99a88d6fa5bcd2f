"""Refusals are told in both languages: whatever the package of experiments refuses during a test is looked at."""

import re
import sys

import pytest
from linli.words import told

CHINESE = re.compile(r"[一-鿿]")
ASIDE = re.compile(r"`[^`]*`|“[^”]*”|\"[^\"]*\"|'[^']*'|（.*）|\(.*\)|(?:pip|linli|make) [\w -]+")
"""What may be in English within a Chinese sentence: commands, what somebody wrote, what another program said."""
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[a-z]{2,}){2,}")


def untold(error):
    """What is wrong with the Chinese of a refusal; empty if nothing is."""
    said = str(told(error, "zh"))
    if not CHINESE.search(said):
        return f"not Chinese: {said}"
    left = ENGLISH.search(ASIDE.sub("", said))
    return f"English is left ({left[0]}): {said}" if left else ""


@pytest.fixture(autouse=True)
def refusals_have_their_chinese(monkeypatch):
    """Fails a test in which experiments refused something in English only."""
    from linli.experiments.provenance import Refusal

    found = []

    def remembered(self, *args):
        ValueError.__init__(self, *args)
        if sys._getframe(1).f_globals.get("__name__", "").startswith("linli.experiments"):
            found.append(self)

    monkeypatch.setattr(Refusal, "__init__", remembered)
    yield
    assert not [said for each in found if (said := untold(each))]
