"""Figures: drawn, labelled, nothing missing."""

import warnings

import pytest
from linli.experiments import style
from matplotlib import colors


def all_figures(paid_year, pay_compared):
    return {**paid_year.figures(), **{"compared " + name: f for name, f in pay_compared.figures().items()}}


def test_every_panel_has_labels_with_units_and_something_in_it(paid_year, pay_compared):
    for name, figure in all_figures(paid_year, pay_compared).items():
        panels = [axes for axes in figure.axes if axes.axison]
        assert panels, name
        for axes in panels:
            assert axes.has_data(), name
            assert axes.get_ylabel() or axes.get_xlabel(), name
        assert any(axes.get_xlabel() for axes in panels), name


def test_widths_are_those_of_a_journal(paid_year, pay_compared):
    widths = {figure.get_figwidth() for figure in all_figures(paid_year, pay_compared).values()}
    assert widths == {style.SINGLE, style.DOUBLE}


def test_differences_are_drawn_with_intervals(pay_compared):
    first = pay_compared.figures()["differences"].axes[0]
    assert len(first.containers) == 2  # an error bar for each scenario but the first
    assert [label.get_text() for label in first.get_yticklabels()] == ["twenty_yuan", "cadre"]


def test_bands_show_what_is_known_of_each_scenario(pay_compared):
    panel = pay_compared.figures()["participation"].axes[0]
    assert len(panel.collections) == 4 and len(panel.lines) == 2


def test_files_are_written_and_not_empty(tmp_path, paid_year):
    with style.drawing("en"):
        written = style.save(paid_year.figures()["issues"], tmp_path / "issues")
    assert [path.name for path in written] == ["issues.png", "issues.svg"]
    assert all(path.stat().st_size > 5_000 for path in written)
    assert not list(tmp_path.glob("*.part"))


def test_looks_differ_without_colour():
    assert len({(str(look["linestyle"]), look["marker"]) for look in style.LOOKS}) == len(style.LOOKS)
    assert len({colors.to_hex(look["color"]) for look in style.LOOKS}) == len(style.LOOKS)


def test_chinese_needs_a_font_and_says_so(monkeypatch):
    monkeypatch.setattr(style, "chinese_font", lambda: None)
    with pytest.warns(UserWarning, match="no font with Chinese"), style.drawing("zh") as lang:
        assert lang == "en"


def test_chinese_labels_where_there_is_a_font(monkeypatch, paid_year, pay_compared):
    monkeypatch.setattr(style, "chinese_font", lambda: "DejaVu Sans")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures = [*paid_year.figures("zh").values(), *pay_compared.figures("zh").values()]
    for figure in figures:
        texts = [text for axes in figure.axes for text in (axes.get_xlabel(), axes.get_ylabel(), axes.get_title())]
        assert any("\u4e00" <= letter <= "\u9fff" for text in texts for letter in text)
