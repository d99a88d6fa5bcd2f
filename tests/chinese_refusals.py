"""What a refusal has to be in Chinese: one Chinese sentence with the same names and values as the English one."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

from linli.scenarios import names, parameters
from linli.words import told

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z]+")
EXACT = re.compile(r'"[^"…]*"|[A-Za-z]+(?:[._][A-Za-z]+)+|\d+(?:[._]\d+)*')
"""What must stand in both languages: texts in quotes, names of several parts, numbers."""
QUOTED = re.compile(r"“[^”]*”|`[^`]*`")
"""Words of others, such as those of the parser of TOML, and commands."""
COMMON = {"TOML", "UTF", "true", "false", "logit"}
"""Words that are the same in both languages."""

ENTRIES = parameters()
UNITS = sorted({str(entry.unit) for entry in ENTRIES if " " in entry.unit}, key=len, reverse=True)


def words_in(text: str) -> set[str]:
    """The words of Latin letters in a text."""
    return set(WORD.findall(text))


NAMES = {
    *COMMON,
    *(word for entry in ENTRIES for name in (entry.section, entry.name, *entry.choices) for word in words_in(name)),
    *(word for name in names() for word in words_in(name)),
    *words_in("question question_zh base day interventions"),
}


def faults_in_chinese(error: ValueError, path: str | Path) -> list[str]:
    """What is wrong with the Chinese of the refusal of this file: nothing, one hopes."""
    english, chinese = str(error), told(error, "zh")
    error.__context__ = None  # Dask, once imported, sends it along, and that of a nest too deep is itself too deep
    again = pickle.loads(pickle.dumps(error))
    without_units = english
    for unit in UNITS:
        without_units = without_units.replace(f"({unit})", "")
    text = Path(path).read_text(encoding="utf-8", errors="replace") if Path(path).is_file() else ""
    written = words_in(text) | words_in(json.dumps(text)) | words_in(str(path))
    foreign = {word for word in words_in(QUOTED.sub("", chinese)) - NAMES if not any(w.startswith(word) for w in written)}
    lost = [each for each in EXACT.findall(without_units) if each not in chinese]
    found = {
        "not Chinese": not CHINESE.search(chinese.replace(str(path), "")),
        "another file": not chinese.startswith(f"{path}：") and str(path) in english,
        "no full stop": not chinese.endswith("。"),
        "not one line": not chinese.isprintable() or len(chinese.splitlines()) != 1,
        f"English words {foreign}": bool(foreign),
        f"without {lost}": bool(lost),
        "not the same in another process": (str(again), told(again, "zh")) != (english, chinese),
        "English is not English": told(error, "en") != english,
    }
    return [f"{what}: {chinese!r} for {english!r}" for what, wrong in found.items() if wrong]
