"""Luck: the generator's known answers, and draws that are uniform and do not follow each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from linli.agents.core.draw import Purpose, child_luck, draw, draw_each, draw_in_turn, philox

FULL = 0xFFFFFFFF
KNOWN_ANSWERS = [  # counter, key, answer: published with Philox4x32-10 by its authors (source B10)
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((FULL, FULL, FULL, FULL), (FULL, FULL), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
N = 20_000
SIGMAS = 5.0
"""How many standard deviations a statistic may be off; with some fifty of them, by chance once in 30,000 designs."""

BASE = {"seed": 7, "day": 100, "purpose": int(Purpose.REPORT), "who": 12_345, "with_whom": 678, "k": 0}
LONG = {
    "seed": range(N),
    "day": range(-10_000, N - 10_000),
    "who": range(N),
    "with_whom": range(N),
}


def drawn(name, values):
    """Draws for these values of one argument, the others held."""
    return np.array([draw(*{**BASE, name: value}.values()) for value in values])


@pytest.fixture(scope="module")
def samples():
    return {name: drawn(name, values) for name, values in LONG.items()}


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_its_authors_answers(counter, key, answer):
    words = philox(*(np.uint64(word) for word in (*counter, *key)))
    assert tuple(int(word) for word in words) == answer


def test_a_draw_is_a_pure_function():
    assert draw(1, 2, 3, 4, 5, 6) == draw(1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize("name", BASE)
def test_every_argument_matters(name):
    here = draw(*BASE.values())
    there = draw(*{**BASE, name: BASE[name] + 1}.values())
    assert here[0] != there[0] and here[1] != there[1]


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("which", (0, 1))
def test_draws_are_uniform(samples, name, which):
    sample = samples[name][:, which]
    assert sample.min() > 0.0 and sample.max() < 1.0
    assert abs(sample.mean() - 0.5) < SIGMAS * math.sqrt(1 / 12 / N)
    assert abs(sample.var() - 1 / 12) < SIGMAS * math.sqrt(1 / 180 / N)  # var of (u − ½)² is 1/180
    counts = np.bincount((sample * 100).astype(int), minlength=100)
    chi_square = ((counts - N / 100) ** 2 / (N / 100)).sum()
    assert abs(chi_square - 99) < SIGMAS * math.sqrt(2 * 99)


@pytest.mark.parametrize("name", LONG)
def test_neighbouring_draws_do_not_follow_each_other(samples, name):
    u, v = samples[name].T
    for a, b in ((u, v), (u[:-1], u[1:]), (v[:-1], v[1:]), (u[:-1], v[1:])):
        assert abs(np.corrcoef(a, b)[0, 1]) < SIGMAS / math.sqrt(len(a))
        cells = np.bincount((a * 10).astype(int) * 10 + (b * 10).astype(int), minlength=100)
        chi_square = ((cells - len(a) / 100) ** 2 / (len(a) / 100)).sum()
        assert abs(chi_square - 99) < SIGMAS * math.sqrt(2 * 99)


@pytest.mark.parametrize("name", ("purpose", "k"))
def test_small_arguments_give_different_draws(name):
    assert len(np.unique(drawn(name, range(256)))) == 512


def test_the_ends_of_the_ranges_can_be_drawn():
    for values in ((0, -32_768, 0, 0, 0, 0), (2**63 - 1, 32_767, 255, 2**63 - 1, 2**32 - 1, 255)):
        assert all(0.0 < number < 1.0 for number in draw(*values))


def test_purposes_have_numbers_of_their_own_within_range():
    assert len({int(purpose) for purpose in Purpose}) == len(Purpose.__members__)
    assert all(0 <= purpose <= 255 for purpose in Purpose)


def test_children_have_identities_of_their_own():
    parents = [*range(20_000), *(2**44 - 1 - np.arange(20_000))]
    children = {child_luck(int(parent), n) for parent in parents for n in (1, 2, 3)}
    assert len(children) == 3 * len(parents)
    grandchildren = {child_luck(child, 2) for child in children}
    assert len(children | grandchildren) == 6 * len(parents)


def test_children_cannot_be_mistaken_for_issues_that_arose():
    assert all(2**62 <= child_luck(parent, 1) < 2**63 for parent in (0, 1, 2**44, 2**62 + 5, 2**63 - 1))


@pytest.mark.parametrize("n", (0, 1, 3, 4, 37))
def test_many_at_once_are_the_same_draws_one_by_one(n):
    who, with_whom = 2**40 + 7 * np.arange(50), 3 * np.arange(50) + 1
    us, vs = np.full(50, -1.0), np.full(50, -1.0)
    draw_each(7, -20, Purpose.NOTICE, who, with_whom, 5, n, us, vs)
    one_by_one = [draw(7, -20, Purpose.NOTICE, int(a), int(b), 5) for a, b in zip(who[:n], with_whom[:n], strict=True)]
    assert list(zip(us[:n].tolist(), vs[:n].tolist(), strict=True)) == one_by_one
    assert (us[n:] == -1.0).all() and (vs[n:] == -1.0).all()  # the rest is left as it was
    draw_in_turn(7, -20, Purpose.CALL, 12, 1, n, us, vs)
    assert list(zip(us[:n].tolist(), vs[:n].tolist(), strict=True)) == [
        draw(7, -20, Purpose.CALL, 12, 1, k) for k in range(n)
    ]
