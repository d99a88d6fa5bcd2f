"""Designs broken in every known way, over all parameters: each is refused in one sentence that helps.

The sentence names the file, the field, the value as it was written, and what is allowed; it is one line; and
nothing but a Refusal comes out. `LINLI_BROKEN=20000` sets how many the first test makes: as many are all ways for all
parameters.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from batches.broken_designs import FILE, OF_DESIGNS, OF_PARAMETERS, Break, Whole, breaks
from linli.experiments.batches.design import read_design
from linli.experiments.provenance import Refusal

SEED = 20_260_101
QUICK = int(os.environ.get("LINLI_BROKEN", "500"))


def sentence_about(broken: Break, folder: Path) -> str:
    """What is said of it. Raises whatever comes out besides a refusal."""
    for name, content in broken.files.items():
        (folder / name).write_bytes(content)
    with pytest.raises(Refusal) as refused:
        read_design(folder / FILE)
    return str(refused.value)


def faults(broken: Break, folder: Path) -> list[str]:
    """What is wrong with the way it is refused: nothing, one hopes."""
    try:
        sentence = sentence_about(broken, folder)
    except pytest.fail.Exception:
        return [f"{broken.way}: let through: {broken.files[FILE].decode()}"]
    except Exception as error:
        return [f"{broken.way}: {error!r} came out of {broken.files[FILE].decode(errors='replace')}"]
    found = [f"{broken.way}: no {part!r} in {sentence!r}" for part in broken.says if part not in sentence]
    if not sentence.isprintable() or len(sentence.splitlines()) != 1:
        found.append(f"{broken.way}: not one line: {sentence!r}")
    if not sentence.endswith(".") or len(sentence) > 1_000:
        found.append(f"{broken.way}: {len(sentence)} letters: {sentence!r}")
    return found


def told(found: list[str], n: int) -> str:
    """The faults in short, a few of each way."""
    ways = Counter(fault.partition(":")[0] for fault in found)
    few = {way: [fault for fault in found if fault.startswith(way + ":")][:2] for way in list(ways)[:15]}
    return f"{len(found)} faults of {n}: {ways}\n" + "\n".join(fault for each in few.values() for fault in each)


def all_refused(n: int, seed: int, folder: Path) -> None:
    """Make and refuse so many."""
    made = breaks(n, seed)
    found = [fault for broken in made for fault in faults(broken, folder)]
    assert len(made) >= n
    assert not found, told(found, len(made))
    print(f"{len(made)} broken designs, {len({broken.way for broken in made})} ways")


def test_every_broken_design_is_refused_in_one_helpful_sentence(tmp_path: Path) -> None:
    all_refused(QUICK, SEED, tmp_path)


@pytest.mark.slow
def test_ten_thousand_broken_designs_are_each_refused_in_one_helpful_sentence(tmp_path: Path) -> None:
    all_refused(10_000, SEED + 1, tmp_path)


def test_the_same_design_unbroken_is_read(tmp_path: Path) -> None:
    whole = Whole()
    for name, content in {FILE: whole.text().encode(), **whole.files}.items():
        (tmp_path / name).write_bytes(content)
    assert read_design(tmp_path / FILE).scenario_names == ["baseline", "mine"]


def test_a_design_that_is_let_through_or_said_little_about_is_noticed(tmp_path: Path) -> None:
    whole = Whole()
    assert faults(whole.broken("nothing wrong"), tmp_path)[0].startswith("nothing wrong: let through")
    whole.head["days"] = "0"
    assert not faults(whole.broken("no days", "days is 0"), tmp_path)
    assert faults(whole.broken("no days", "weeks is 0"), tmp_path)


def test_what_is_no_file_is_refused_too(tmp_path: Path) -> None:
    def said(path: Path) -> str:
        with pytest.raises(Refusal) as refused:
            read_design(path)
        return str(refused.value)

    assert said(tmp_path) == f"{tmp_path}: this is not a file, but a design must be a TOML file."
    nowhere = tmp_path / "nowhere.toml"
    assert said(nowhere) == f"{nowhere}: there is no such file, but a design must be a TOML file."
    assert "there is no such file" in said(tmp_path / ("y" * 300))
    huge = tmp_path / "huge.toml"
    with huge.open("wb") as file:
        file.truncate(10**9)
    assert said(huge) == f"{huge}: it has 1000000000 bytes, but a design must have at most 64000000."


def test_random_bytes_never_bring_out_anything_but_a_refusal() -> None:
    luck = random.Random(SEED)
    tokens = [b"[", b"]", b"=", b'"', b"#", b"\n", b".", b"nan", b"0", b"{", b"}", b",", b"'''", b"\0", b"\xff",
              b"[[scenarios]]", b"[factors]", b"vary", b"values", b"rows", b"base"]  # fmt: skip
    whole = Whole()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in whole.files.items():
            (Path(folder) / name).write_bytes(content)
        path, refused = Path(folder) / FILE, 0
        for _ in range(300):
            text = bytearray(whole.text().encode())
            for _ in range(luck.randint(1, 4)):
                i = luck.randrange(len(text))
                text[i : i + luck.choice([0, 1, 1, 5, 40])] = luck.choice(tokens)
            path.write_bytes(text)
            try:
                read_design(path)
            except Refusal as error:
                refused += 1
                assert len(str(error).splitlines()) == 1
    assert refused > 200


def test_there_are_breaks_of_every_family() -> None:
    assert len(OF_PARAMETERS) + len(OF_DESIGNS) == 13
    assert len({broken.way for broken in breaks(2_000, SEED)}) > 140
