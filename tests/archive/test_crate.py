"""A package is an RO-Crate 1.1: what the specification says a crate MUST have, it has."""

import datetime
import hashlib
import json
import re
import zipfile

import pytest
from linli.experiments.archive import crate
from linli.experiments.archive.origins import TEXTS, texts
from linli.experiments.archive.packing import package
from linli.experiments.provenance import ROOT, Refusal

KINDS = ["compare", "run", "figure", "batch"]


@pytest.fixture(params=KINDS)
def opened(request, unpack):
    return unpack(request.param)


def entities(opened):
    return {entity["@id"]: entity for entity in opened.description["@graph"]}


def pointers(value):
    """All identifiers that a value points to."""
    if isinstance(value, list):
        for each in value:
            yield from pointers(each)
    elif isinstance(value, dict):
        assert list(value) == ["@id"]  # flattened: nothing is nested
        yield value["@id"]


def test_it_has_a_descriptor_and_a_root(opened):
    found = entities(opened)
    descriptor, root = found[crate.FILE], found["./"]
    assert opened.description["@context"][0] == "https://w3id.org/ro/crate/1.1/context"
    assert descriptor["@type"] == "CreativeWork" and descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert root["@type"] == "Dataset" and root["name"] and len(root["description"]) > 20
    assert datetime.date.fromisoformat(root["datePublished"])
    licence = found[root["license"]["@id"]]
    assert licence["name"] == "Apache License 2.0" and licence["description"] and licence["@id"].startswith("https://")


def test_every_entity_is_once_and_has_a_type_and_points_to_what_is_there(opened):
    graph = opened.description["@graph"]
    names = [entity["@id"] for entity in graph]
    assert len(names) == len(set(names)) and all(entity["@type"] for entity in graph)
    outside = {"https://w3id.org/ro/crate/1.1"}  # the specification itself
    dangling = {
        name for entity in graph for key, value in entity.items() if key[0] != "@" for name in pointers(value)
    } - set(names) - outside  # fmt: skip
    assert not dangling
    assert not [value for entity in graph for value in entity.values() if isinstance(value, list) and len(value) < 2]
    assert all(re.fullmatch(r"[^\s\\%]+", name) and ".." not in name and name[0] != "/" for name in names)


def test_every_file_is_described_with_its_size_and_hash_and_reached_from_the_root(opened):
    found = entities(opened)
    files = {name for name, entity in found.items() if entity["@type"] == "File"}
    there = {path.relative_to(opened.root).as_posix() for path in opened.root.rglob("*") if path.is_file()}
    assert files == there - {crate.FILE}
    for name in files:
        content = (opened.root / name).read_bytes()
        assert found[name]["contentSize"] == str(len(content))
        assert found[name]["sha256"] == hashlib.sha256(content).hexdigest()
        assert found[name]["description"] and "/" in found[name]["encodingFormat"]
    reached, waiting = set(), ["./"]
    while waiting:
        parts = set(pointers(found[waiting.pop()].get("hasPart", []))) - reached
        reached |= parts
        waiting += parts
    assert files <= reached


def test_every_term_is_one_of_the_context(opened):
    """Terms of RO-Crate 1.1 that are used here, and the one added to its context."""
    known = {"name", "description", "datePublished", "license", "hasPart", "mentions", "about", "conformsTo", "identifier",
             "encodingFormat", "contentSize", "instrument", "result", "object", "endTime", "value", "version",
             "softwareRequirements", "subjectOf"} | set(opened.description["@context"][1])  # fmt: skip
    assert {key for entity in opened.description["@graph"] for key in entity if key[0] != "@"} <= known
    types = {entity["@type"] for entity in opened.description["@graph"]}
    assert types <= {"CreativeWork", "Dataset", "File", "CreateAction", "PropertyValue", "SoftwareApplication"}


def test_it_says_what_ran_with_what_and_when(opened):
    found = entities(opened)
    run, program = found["#run"], found["#linli"]
    assert run["description"].startswith("linli ") and run["result"] == {"@id": "data/"}
    assert datetime.datetime.fromisoformat(run["endTime"])
    assert program["version"] and "numpy" in program["description"]
    assert re.fullmatch("[0-9a-f]{64}", found["#code"]["value"]) and found["#seeds"]["value"]
    assert "linli figure" in (opened.root / "report-en.html").read_text(encoding="utf-8")
    assert str(ROOT) not in (opened.root / "README.md").read_text(encoding="utf-8")


def test_the_lock_the_description_and_the_licence_are_in_it(unpack):
    code = unpack("compare").root / "code"
    assert {path.name for path in code.iterdir()} == {name.rsplit("/", 1)[-1] for name in TEXTS}
    assert (code / "odd.md").read_bytes() == (ROOT / "docs" / "odd.md").read_bytes()
    assert "numpy==" in (code / "requirements.lock").read_text(encoding="utf-8")


def test_a_text_that_cannot_be_found_is_missed_in_one_sentence(monkeypatch, tmp_path):
    from linli.experiments.archive import origins

    monkeypatch.setattr(origins, "places", lambda name: iter([tmp_path / name]))
    with pytest.raises(Refusal, match=r"^requirements.lock came neither with a checkout nor with the installed linli"):
        texts()


def test_the_same_results_give_the_same_bytes(results, packages, few_figures, tmp_path):
    again = package(results["compare"], tmp_path / "again.zip")
    assert again.read_bytes() == packages["compare"].read_bytes()


def test_a_package_may_be_a_directory_with_another_licence(results, few_figures, tmp_path):
    root = package(results["run"], tmp_path / "package", licence="CC-BY-4.0")
    graph = json.loads((root / crate.FILE).read_text(encoding="utf-8"))["@graph"]
    assert {"@id": "https://spdx.org/licenses/CC-BY-4.0"} in [entity.get("license") for entity in graph]


def test_names_of_all_languages_are_identifiers():
    assert crate.id_of("data/50 % 面试.csv") == "data/50%20%25%20面试.csv"
    assert crate.path_of({"@id": "data/50%20%25%20面试.csv"}) == "data/50 % 面试.csv"


def test_what_a_writer_left_half_done_is_left_out(results, few_figures, tmp_path):
    import shutil

    folder = tmp_path / "results"
    shutil.copytree(results["batch"], folder)
    left = ("lock", "lock-all", ".all.part-x.parquet.part", "report-en.html", "figures/old.svg", "damaged/runs/part.parquet")
    for name in left:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    with zipfile.ZipFile(package(folder)) as archive:
        inside = {name.removeprefix("data/") for name in archive.namelist() if name.startswith("data/")}
    assert not inside & set(left) and "ledger.jsonl" in inside


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (lambda folder, tmp: (folder / "nowhere",), "is no directory"),
        (lambda folder, tmp: (tmp,), "holds no results"),
        (lambda folder, tmp: (folder, folder / "inside.zip"), "lies in the directory it would pack"),
        (lambda folder, tmp: (folder, tmp / "letter.txt"), "is a file; a package there needs another name"),
        (lambda folder, tmp: (folder, tmp / "there.zip"), "there.zip exists already; name another file, or use --force"),
    ],
)
def test_what_cannot_be_packed_is_refused(results, tmp_path, arguments, words):
    (tmp_path / "letter.txt").write_text("dear all")
    (tmp_path / "there.zip").write_text("")
    with pytest.raises(Refusal, match=words):
        package(*arguments(results["run"], tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == {"letter.txt", "there.zip"}


def test_a_directory_of_letters_is_not_written_over_even_by_force(results, tmp_path):
    (tmp_path / "letter.txt").write_text("dear all")
    with pytest.raises(Refusal, match="holds no package, so it is not written over"):
        package(results["run"], tmp_path, force=True)
    with pytest.raises(Refusal, match="the licence 'Beerware' is unknown; allowed are Apache-2.0"):
        package(results["run"], tmp_path / "p.zip", licence="Beerware")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
