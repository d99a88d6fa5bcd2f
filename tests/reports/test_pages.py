"""A report is one file that needs nothing else, can be read by everybody, and can be drawn again."""

import base64
import itertools
import re
import shlex
from html.parser import HTMLParser

import pytest
from linli.experiments import cli
from linli.experiments.provenance import Refusal
from linli.experiments.reports import opening, shown
from linli.experiments.reports import page as page_module
from linli.experiments.reports.page import report
from reports import double


class Page(HTMLParser):
    """What a reader's program makes of a page."""

    VOID = ("meta", "img", "wbr", "br")

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.words, self.unclosed = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unclosed.append(tag)

    def handle_data(self, words):
        if self.open and self.open[-1] not in ("style", "title"):
            self.words.append(words)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self):
        return " ".join(self.words)


BLANK = shown.uri(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')


def written(results, tmp_path, lang="en"):
    """The text of a page."""
    return report(results, lang=lang, out=tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.fixture
def read(results, tmp_path, monkeypatch):
    """A page of these results in a language, with blank figures."""
    monkeypatch.setattr(page_module, "as_uri", lambda *of: (BLANK, False))
    return lambda lang: written(results, tmp_path, lang)


@pytest.fixture
def undrawn(monkeypatch):
    """Pages have no figures, which take a while to draw."""
    monkeypatch.setattr(page_module, "figures_of", lambda kept: [])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_stands_alone_and_is_well_made(read, lang):
    text = read(lang)
    page = Page(text)
    assert not page.unclosed and not page.open
    assert page.all("html")[0]["lang"] == {"en": "en", "zh": "zh-CN"}[lang]
    outside = [a for tag, a in page.tags for name in ("src", "href") if not a.get(name, "#").startswith(("#", "data:"))]
    assert not outside and not page.all("script") and not page.all("link")
    assert "default-src 'none'" in text and "url(" not in text and "@import" not in text
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in page.all("a")} <= set(ids) and page.all("a")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_can_be_used_without_seeing_it(read, lang):
    page = Page(read(lang))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.all("img") and all(len(image["alt"]) > 10 for image in page.all("img"))
    assert all("scope" in head for head in page.all("th"))
    scrolling = [a for a in page.all("div") if a.get("class") == "scroll"]
    assert len(scrolling) == len(page.all("table")) + len(page.all("img"))
    assert all(a["tabindex"] == "0" and a["aria-label"] for a in scrolling)


def test_a_chinese_page_is_chinese(read):
    page = Page(read("zh"))
    for known in ("Question", "Figures", "Where this comes from", "cannot be told", "This figure again", "paired"):
        assert known not in page.text
    assert all(re.search("[\u4e00-\u9fff]", image["alt"]) for image in page.all("img"))


def test_figures_are_drawings_and_the_same_results_give_the_same_page(drawn_results, tmp_path):
    text = written(drawn_results, tmp_path)
    assert text == written(drawn_results, tmp_path)
    assert "<figure " in text
    for image in Page(text).all("img"):
        drawing = base64.b64decode(image["src"].removeprefix("data:image/svg+xml;base64,"))
        assert drawing.startswith(b"<?xml") and b"<svg" in drawing
        assert not re.search(rb'(xlink:)?href="(?!#|data:)', drawing)


def test_each_figure_has_a_command_that_draws_it_again(drawn_results, tmp_path, monkeypatch):
    if hasattr(drawn_results, "design"):
        monkeypatch.setattr(opening, "opened_batch", lambda folder: drawn_results)
        (drawn_results.folder / "design.toml").write_text("")
    monkeypatch.setattr(page_module, "as_uri", lambda *of: (BLANK, False))
    text = written(drawn_results, tmp_path)
    commands = re.findall(r"This figure again: <code>([^<]*)</code>", text)
    assert len(commands) == text.count("<figure ") > 0
    for command in commands:
        program, word, name, *rest = shlex.split(command)
        assert (program, word) == ("linli", "figure")
        if "--from" not in rest:
            continue  # of a map: the command that runs it anew
        with pytest.raises(SystemExit) as left:
            cli.main([word, name, *rest, "--out", str(tmp_path / "again"), "--quiet"])
        assert left.value.code == 0, command
        assert len(list((tmp_path / "again").glob(f"{name}*.*"))) >= 3, command


def test_a_page_says_where_its_numbers_come_from(undrawn, compared_folder, tmp_path):
    page = Page(written(compared_folder, tmp_path))
    again = f"linli compare baseline twenty_yuan cadre --size micro_grid --days 35 --seed 4 --runs 3 --out {compared_folder}"
    assert again in page.text and "4 … 6" in page.text
    assert re.search("[0-9a-f]{64}", page.text) and "numpy" in page.text


def test_what_failed_is_on_the_page(undrawn, tmp_path):
    page = Page(written(double.one_factor(tmp_path, lost=2), tmp_path))
    assert "2 of 64 runs failed" in page.text and "the well is dry" in page.text


def test_strange_names_do_no_harm(undrawn, tmp_path):
    results = double.scenarios_compared(tmp_path)
    results.design.question = "<script>alert('a & b')</script>"
    text = written(results, tmp_path)
    assert "<script" not in text and "&lt;script&gt;alert(&#x27;a &amp; b&#x27;)" in text


def damaged(folder, name, content):
    (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: folder / "nowhere", "no directory"),
        (lambda folder: damaged(folder, "provenance.json", b"{"), "provenance.json is damaged"),
        (lambda folder: damaged(folder, "provenance.json", b"{}"), "has no 'command'"),
        (lambda folder: (folder / "provenance.json").unlink(), "holds no results"),
        (lambda folder: damaged(folder, "runs.parquet", b"PAR1 and nothing"), "runs.parquet is damaged"),
        (lambda folder: (folder / "runs.parquet").unlink(), "runs.parquet is missing"),
        (lambda folder: damaged(folder, "groups.csv", b"\xff\xfe"), "groups.csv is damaged"),
        (lambda folder: damaged(folder, "groups.csv", b"a,b\n1,2\n"), "groups.csv is damaged: it has no column"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(compared_folder, tmp_path, capsys, spoil, words):
    folder = tmp_path / "copy"
    folder.mkdir()
    for path in compared_folder.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    elsewhere = spoil(folder)
    with pytest.raises(SystemExit) as left:
        cli.main(["report", str(elsewhere or folder)])
    said = capsys.readouterr().err
    assert left.value.code == 2 and said.count("\n") == 1 and words in said
    assert not list(folder.glob("report*"))


def test_an_empty_directory_holds_no_results(tmp_path):
    with pytest.raises(Refusal, match=r"holds no results: there is no provenance.json in it"):
        report(tmp_path)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_says_who_benefits_and_who_bears(undrawn, compared_folder, tmp_path, lang):
    from linli.experiments.declared import OUTCOMES
    from linli.experiments.groups import GROUPINGS
    from linli.experiments.reports.bearing import BEARING

    text = written(compared_folder, tmp_path, lang)
    page = Page(text[text.index('id="groups"') : text.index('id="failures"')])
    labels = [OUTCOMES[name].label.told(lang) for name in BEARING]
    assert all(label in page.text for label in labels)
    everything = Page(text[text.index('id="all-groups"') :]).text
    assert all(g.label.told(lang) in everything for g in GROUPINGS.values())


def test_a_page_quotes_the_intervals_of_the_comparison(undrawn, compared_folder):
    kept = opening.kept_in(compared_folder)
    for record in opening.read_csv(compared_folder / "compare.csv"):
        if record["compared_with"] and record["pairs"] > 1:
            apart = kept.difference(record["scenario"], record["outcome"])
            assert (apart.mean, apart.low, apart.high) == pytest.approx(
                (record["difference"], record["low_95"], record["high_95"]), nan_ok=True)  # fmt: skip


def test_many_points_say_what_moves_each_group(undrawn, tmp_path):
    page = Page(written(double.sampled(tmp_path), tmp_path))
    assert "how the share of adults who volunteer moves" in page.text.lower()
    assert "Party membership: members" in page.text
