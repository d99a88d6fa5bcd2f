"""Verification: what was packed comes out the same again, and whatever was altered is found."""

import csv
import io
import json
import math
import shutil
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from linli.experiments import cli
from linli.experiments.archive.packing import package
from linli.experiments.archive.repeating import bits, differing
from linli.experiments.archive.verifying import verify
from linli.experiments.provenance import Refusal
from linli.experiments.runs import compare


def called(*arguments):
    """The exit code of the command line."""
    with pytest.raises(SystemExit) as left:
        cli.main([str(argument) for argument in arguments])
    return left.value.code


@pytest.mark.parametrize("kind", ["compare", "run", "figure", "batch"])
def test_a_package_agrees_with_itself(packages, kind):
    found = verify(packages[kind], share=1.0)
    n = {"compare": 6, "run": 1, "figure": 1, "batch": 6}[kind]
    assert found.agrees and found.n_runs == len(found.runs) == n
    assert (found.runs["numbers"] > 25).all() and not found.runs["different"].any()
    assert f"runs done again: {n} of {n}; agreeing bit for bit: {n} of {n}" in found.sentence()


def test_a_share_is_drawn_by_luck(packages, monkeypatch):
    monkeypatch.setattr("linli.experiments.archive.verifying.done_again", lambda units, progress: units)

    def drawn(**asked):
        return [(unit.name, unit.seed) for unit in verify(packages["compare"], **asked).runs]

    assert len(drawn(share=0.0)) == 0 and len(drawn(share=0.01)) == 1 and len(drawn(share=0.5)) == 3
    assert drawn(share=0.5, luck=2) == drawn(share=0.5, luck=2)
    assert len({tuple(drawn(share=0.5, luck=luck)) for luck in range(6)}) > 1


def a_bit_more(number):
    """The next number there is."""
    return math.nextafter(number, math.inf)


def with_another_number(content, column, change, row=0):
    """A Parquet file in which one number is another."""
    table = pq.read_table(io.BytesIO(content))
    values = table[column].to_pylist()
    values[row] = change(values[row])
    place = table.schema.get_field_index(column)
    file = io.BytesIO()
    pq.write_table(table.set_column(place, table.schema.field(place), pa.array(values)), file)
    return file.getvalue()


def altered(opened, name, *, covered, column="value", change=a_bit_more):
    opened.rewrite(name, with_another_number((opened.root / name).read_bytes(), column, change), covered=covered)


def test_one_bit_of_one_number_in_a_table_is_found_by_its_hash(unpack, capsys):
    opened = unpack("compare")
    altered(opened, "data/weekly.parquet", covered=False)
    assert called("verify", opened.root) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "data/weekly.parquet has been altered since it was packed" in said


def test_one_bit_is_found_by_running_again_where_the_hash_was_forged(unpack, capsys):
    opened = unpack("compare")
    altered(opened, "data/weekly.parquet", covered=True)
    assert called("verify", opened.root, "--share", 1) == 1
    out, said = capsys.readouterr()
    assert out == "" and said.count("\n") == 1 and "agreeing bit for bit: 5 of 6" in said
    assert "baseline with seed 4 does not agree: share_active_30 in the week to day 6 is" in said


def test_a_summary_that_does_not_follow_from_its_runs_is_found(unpack):
    opened = unpack("compare")
    altered(opened, "data/runs.parquet", covered=True, change=lambda value: value + 1.0)
    with pytest.raises(Refusal, match=r"compare.csv does not follow from data/runs.parquet: mean of \w+ under baseline"):
        verify(opened.root, share=0)


def test_an_interval_or_an_audit_that_does_not_follow_is_found(unpack):
    for name, column in (("compare.csv", "low_95"), ("compare.csv", "q"), ("audit.csv", "correlation")):
        opened = unpack("compare")
        rows = list(csv.DictReader((opened.root / f"data/{name}").read_text(encoding="utf-8").splitlines()))
        row = next(row for row in rows if row["outcome"] == "hours_staff" and row["compared_with"])
        row[column] = str(float(row[column] or 0) + 0.5)
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        opened.rewrite(f"data/{name}", out.getvalue().encode(), covered=True)
        words = rf"data/{name} does not follow from data/runs.parquet: {column} of hours_staff"
        with pytest.raises(Refusal, match=words):
            verify(opened.root, share=0)


def test_comparisons_of_many_runs_and_of_several_scenarios_agree_with_themselves(few_figures, tmp_path):
    """Their intervals are bootstrapped, and hold together: the package's summary has to be reckoned likewise."""
    asked = {"runs": 9, "size": "micro_grid", "days": 21, "workers": 1}
    compare(["baseline", "five_yuan", "public_board"], **asked).write(tmp_path / "three")
    found = verify(package(tmp_path / "three"), share=0.05)
    assert found.agrees and found.n_runs == 27


def test_a_number_in_the_parameters_is_found(unpack):
    opened = unpack("compare")
    about = json.loads((opened.root / "data/provenance.json").read_text(encoding="utf-8"))
    about["scenarios"][1]["parameters"]["incentives"]["points_per_hour"] += 1
    content = json.dumps(about).encode()
    opened.rewrite("data/provenance.json", content, covered=False)
    with pytest.raises(Refusal, match=r"data/provenance.json has been altered"):
        verify(opened.root)
    opened.rewrite("data/provenance.json", content, covered=True)
    found = verify(opened.root, share=1.0)
    bad = found.runs[found.runs["different"] > 0]
    assert set(bad["name"]) == {"twenty_yuan"} and len(bad) == 3


def test_a_number_in_the_design_of_a_batch_is_found(unpack):
    opened = unpack("batch")
    change = ("values = [0, 500]", "values = [0, 501]")
    opened.change("data/design.toml", *change, covered=False)
    with pytest.raises(Refusal, match=r"data/design.toml has been altered"):
        verify(opened.root)
    opened = unpack("batch")
    opened.change("data/design.toml", *change, covered=True)
    with pytest.raises(Refusal, match=r"design.toml leads to other runs .* five_yuan-0002 with seed 1"):
        verify(opened.root)


def test_a_number_in_a_part_of_a_batch_is_found(unpack):
    opened = unpack("batch")
    part = next((opened.root / "data/runs").glob("part-*")).relative_to(opened.root).as_posix()
    altered(opened, part, covered=False, column="acts_per_resident")
    with pytest.raises(Refusal, match=r"part-\S+ has been altered"):
        verify(opened.root)
    altered(unpack("batch"), part, covered=True, column="acts_per_resident")
    with pytest.raises(Refusal, match=r"part-\S+ is damaged"):
        verify(opened.root)


def test_another_version_of_the_model_is_named(unpack, capsys):
    opened = unpack("run")
    about = json.loads((opened.root / "data/provenance.json").read_text(encoding="utf-8"))
    about |= {"code": "f" * 64, "git": {"commit": "a" * 40, "dirty": False}}
    opened.rewrite("data/provenance.json", json.dumps(about).encode(), covered=True)
    assert called("verify", opened.root) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "another version of the model" in said and "git commit aaaaaaaaaaaa" in said


def test_parameters_that_cannot_be_are_refused(unpack):
    opened = unpack("run")
    about = json.loads((opened.root / "data/provenance.json").read_text(encoding="utf-8"))
    about["scenarios"][0]["parameters"]["incentives"]["points_per_hour"] = "many"
    opened.rewrite("data/provenance.json", json.dumps(about).encode(), covered=True)
    with pytest.raises(Refusal, match=r"the parameters of five_yuan are not ones of this program \(incentives.points_per"):
        verify(opened.root)


def cut(path):
    path.write_bytes(path.read_bytes()[:-500])


def flipped(path):
    """A bit in the middle of what is packed."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def with_name(name):
    def spoil(path):
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, "")

    return spoil


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (cut, "is damaged"),
        (flipped, "is damaged"),
        (lambda path: path.write_text("no zip"), "is damaged, or no zip"),
        (lambda path: path.unlink(), "does not exist"),
        (with_name("../outside"), "would lie outside of it"),
        (with_name("/outside"), "would lie outside of it"),
        (with_name("a/../../outside"), "would lie outside of it"),
        (with_name("C:\\outside"), "would lie outside of it"),
        (with_name("data/new.csv"), "data/new.csv is in the package, but not in its description"),
    ],
)
def test_a_damaged_zip_is_refused_in_one_sentence(packages, tmp_path, capsys, spoil, words):
    path = tmp_path / "package.zip"
    shutil.copy(packages["figure"], path)
    spoil(path)
    assert called("verify", path) == 2
    out, said = capsys.readouterr()
    assert out == "" and said.count("\n") == 1 and words in said
    assert {p.name for p in tmp_path.iterdir()} <= {"package.zip"}


def test_a_zip_that_would_fill_the_disk_is_not_unpacked(tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/zeros", bytes(150_000_000))
    assert called("verify", tmp_path / "bomb.zip") == 2
    out, said = capsys.readouterr()
    assert out == "" and said.count("\n") == 1 and "to 150,000,000, more than 200 times as many" in said


def test_a_link_out_of_the_package_is_not_followed(packages, unpack, tmp_path):
    """In a zip it is unpacked as a text; in a directory its target's content is not what was packed."""
    (tmp_path / "secret").write_text("s3cret")
    link = zipfile.ZipInfo("data/link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    shutil.copy(packages["figure"], tmp_path / "linked.zip")
    with zipfile.ZipFile(tmp_path / "linked.zip", "a") as archive:
        archive.writestr(link, str(tmp_path / "secret"))
    with pytest.raises(Refusal, match="data/link is in the package, but not in its description"):
        verify(tmp_path / "linked.zip")
    opened = unpack("figure")
    (opened.root / "README.md").unlink()
    (opened.root / "README.md").symlink_to(tmp_path / "secret")
    with pytest.raises(Refusal, match="README.md is a link"):
        verify(opened.root, share=0)


def test_a_package_is_verified_from_elsewhere_and_without_writing_to_it(unpack, tmp_path, monkeypatch):
    opened = unpack("compare")
    before = {path: path.stat().st_mtime_ns for path in opened.root.rglob("*")}
    for path in before:
        path.chmod(0o555 if path.is_dir() else 0o444)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    try:
        assert verify("../compare", share=0.2).agrees
        assert {path: path.stat().st_mtime_ns for path in opened.root.rglob("*")} == before
        assert not list((tmp_path / "elsewhere").iterdir())
    finally:
        for path in before:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_seed_that_was_changed_in_the_provenance_is_found(unpack):
    opened = unpack("run")
    opened.change("data/provenance.json", '"seed": 2', '"seed": 3', covered=True)
    found = verify(opened.root, share=1.0)
    assert not found.agrees and found.runs["different"].iloc[0] > 0
    opened = unpack("compare")
    opened.change("data/provenance.json", '"seed": 4', '"seed": 5', covered=True)
    with pytest.raises(Refusal, match="does not follow from"):
        verify(opened.root, share=1.0)


def test_directories_that_hold_no_results_of_runs_are_refused(tmp_path):
    (tmp_path / "provenance.json").write_text(json.dumps({"command": "dream", "scenarios": [], "baseline": {},
                                                          "size": "micro_grid", "days": 21, "seed": 7}))  # fmt: skip
    with pytest.raises(Refusal, match="the command is 'dream'; allowed are run, compare, "):
        package(tmp_path, tmp_path.parent / "dream.zip")


def test_a_package_without_its_description_or_a_file_is_refused(unpack, tmp_path):
    opened = unpack("run")
    (opened.root / "README.md").unlink()
    with pytest.raises(Refusal, match="README.md is described, but missing"):
        verify(opened.root)
    opened.describe({"@graph": []})
    with pytest.raises(Refusal, match="holds no results"):
        verify(opened.root)
    (opened.root / "ro-crate-metadata.json").write_text("{")
    with pytest.raises(Refusal, match="ro-crate-metadata.json is damaged"):
        verify(opened.root)
    (opened.root / "ro-crate-metadata.json").unlink()
    with pytest.raises(Refusal, match="is no package"):
        verify(opened.root)


@pytest.mark.parametrize(("option", "words"), [(("--share", "1.5"), "share is 1.5"), (("--luck", "-1"), "luck is -1")])
def test_a_share_that_cannot_be_is_refused(packages, capsys, option, words):
    assert called("verify", packages["run"], *option) == 2
    assert words in capsys.readouterr().err


def test_the_answer_in_chinese_and_as_json(packages, capsys):
    assert called("verify", packages["figure"], "--lang", "zh") == 0
    assert "逐位相同：1次中的1次" in capsys.readouterr().out
    assert called("verify", packages["figure"], "--json", "--quiet") == 0
    assert json.loads(capsys.readouterr().out)[0]["different"] == 0


def test_the_same_bits():
    assert bits(3) == bits(3.0) and bits(None) == bits(math.nan) and bits(True) == bits(1)
    assert bits(0.0) != bits(-0.0) and bits(0.1 + 0.2) != bits(0.3) and bits(2**60 + 1) != bits(2**60)
    assert differing({"a": 1.0, "b": math.nan}, {"a": 1, "b": None}) == []
    assert differing({"a": 1.0}, {"a": 1.0, "c": 2}) == [("c", None, 2)]
