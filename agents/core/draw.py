"""Luck: every draw belongs to a purpose, a day and a person, never to a sequence.

`draw(seed, day, purpose, who, with_whom, k)` is a pure function, so results do not depend on process
or order, and the same resident meets the same luck in every scenario. The generator is Philox4x32-10
(Salmon, Moraes, Dror and Shaw 2011, B10 in docs/evidence).
"""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np

from .compiled import INTERPRETED, compiled, inlined, with_signature


class Purpose(IntEnum):
    """What a draw decides. A number once given is never used for anything else."""

    HOUSEHOLD = 1
    AGE = 2
    TRAITS = 3
    COOPERATION = 4
    SPIRIT = 5
    FAMILY_VOLUNTEER = 6
    FAMILY_REPORT_ATTEND = 7
    INFORMATION = 8
    REGISTERED = 9
    COMPOUND = 10
    TIE = 11
    TIE_FAR = 12
    WORKERS = 13
    HASSLE = 14
    PARTY = 15
    ARISE = 20
    ISSUE = 21
    ISSUE_PLACE = 22
    NOTICE = 23
    REPORT = 24
    FADE = 25
    LAG = 26
    CLOSING = 27
    REOPEN = 28
    RECUR = 29
    TIER_WAIT = 30
    PLAN = 31
    POSITION = 32
    HEAR = 33
    ATTEND = 34
    SPEAK = 35
    STUBBORN = 36
    VOTE = 37
    AFFECTED = 38
    CALL = 40
    ASK = 41
    ASK_LIST = 42
    VOLUNTEER = 43
    LIFE_EVENT = 44
    ASK_WORKER = 45
    VISIT = 46
    DUTY = 47
    PATROL = 48
    COUNCIL = 49
    LOT = 50
    TURN_OUT = 51
    REFUSE = 52
    ADVICE = 53
    INTERRUPT = 54
    BOND = 55
    FLOOR_AREA = 56
    PETITION = 57
    BROKER = 58
    DEPUTY = 59
    PAPER = 60
    PRIZE = 61
    MALL_QUEUE = 62


UNIT = 1.0 / 4503599627370496.0
"""2^−52, that is 52 bits and a half: with 53 the largest number would round to 1."""


@inlined
def philox_round(c0, c1, c2, c3, k0, k1):  # type: ignore[no-untyped-def]
    """One round of Philox4x32: four counter words and two key words, uint64 holding 32 bits each."""
    low = np.uint64(0xFFFFFFFF)
    shift = np.uint64(32)
    product0 = np.uint64(0xD2511F53) * c0
    product1 = np.uint64(0xCD9E8D57) * c2
    return (product1 >> shift) ^ c1 ^ k0, product1 & low, (product0 >> shift) ^ c3 ^ k1, product0 & low


@inlined
def philox(c0, c1, c2, c3, k0, k1):  # type: ignore[no-untyped-def]
    """Philox4x32-10: four counter words and two key words (uint64 holding 32 bits each) to four words.

    Written out round by round, because only then does the compiler draw four numbers side by side in `draw_each`.
    """
    low = np.uint64(0xFFFFFFFF)
    a = np.uint64(0x9E3779B9)
    b = np.uint64(0xBB67AE85)
    c0, c1, c2, c3 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3 = philox_round(c0, c1, c2, c3, (k0 + a) & low, (k1 + b) & low)
    c0, c1, c2, c3 = philox_round(c0, c1, c2, c3, (k0 + np.uint64(2) * a) & low, (k1 + np.uint64(2) * b) & low)
    c0, c1, c2, c3 = philox_round(c0, c1, c2, c3, (k0 + np.uint64(3) * a) & low, (k1 + np.uint64(3) * b) & low)
    c0, c1, c2, c3 = philox_round(c0, c1, c2, c3, (k0 + np.uint64(4) * a) & low, (k1 + np.uint64(4) * b) & low)
    c0, c1, c2, c3 = philox_round(c0, c1, c2, c3, (k0 + np.uint64(5) * a) & low, (k1 + np.uint64(5) * b) & low)
    c0, c1, c2, c3 = philox_round(c0, c1, c2, c3, (k0 + np.uint64(6) * a) & low, (k1 + np.uint64(6) * b) & low)
    c0, c1, c2, c3 = philox_round(c0, c1, c2, c3, (k0 + np.uint64(7) * a) & low, (k1 + np.uint64(7) * b) & low)
    c0, c1, c2, c3 = philox_round(c0, c1, c2, c3, (k0 + np.uint64(8) * a) & low, (k1 + np.uint64(8) * b) & low)
    return philox_round(c0, c1, c2, c3, (k0 + np.uint64(9) * a) & low, (k1 + np.uint64(9) * b) & low)


@inlined
def words_of(seed, day, purpose, who, with_whom, k):  # type: ignore[no-untyped-def]
    """The two numbers of a draw as whole multiples of 2^−52, less one half."""
    low = np.uint64(0xFFFFFFFF)
    word = np.uint64(32)
    key = np.uint64(seed)
    name = np.uint64(who)
    when = (np.uint64(day + 32768) & np.uint64(0xFFFF)) << np.uint64(16)
    what = (np.uint64(purpose) << np.uint64(8)) | np.uint64(k)
    w0, w1, w2, w3 = philox(name & low, name >> word, np.uint64(with_whom), when | what, key & low, key >> word)
    return (w0 << np.uint64(20)) ^ (w1 >> np.uint64(12)), (w2 << np.uint64(20)) ^ (w3 >> np.uint64(12))


@with_signature("UniTuple(f8, 2)(i8, i8, i8, i8, i8, i8)")
def draw(seed, day, purpose, who, with_whom, k):  # type: ignore[no-untyped-def]
    """Two independent uniform numbers in (0, 1) for one decision.

    seed 0 … 2^63 − 1; day −32768 … 32767; purpose 0 … 255; who any non-negative 63-bit identity;
    with_whom 0 … 2^32 − 1; k 0 … 255. Nothing outside these ranges is checked here.
    """
    one, other = words_of(seed, day, purpose, who, with_whom, k)
    return (np.int64(one) + 0.5) * UNIT, (np.int64(other) + 0.5) * UNIT


@with_signature("void(i8, i8, i8, i8[::1], i8[::1], i8, i8, f8[::1], f8[::1])")
def draw_each(seed, day, purpose, who, with_whom, k, n, us, vs):  # type: ignore[no-untyped-def]
    """The first n pairs of `us` and `vs`: what `draw` gives for who[:n] with with_whom[:n], at a third of its cost.

    The whole numbers come first, in the place of the fractions: the compiler works on four at once if nothing else is
    in their loop.
    """
    ones, others = us.view(np.uint64), vs.view(np.uint64)
    for j in range(n):
        ones[j], others[j] = words_of(seed, day, purpose, who[j], with_whom[j], k)
    for j in range(n):
        us[j] = (np.int64(ones[j]) + 0.5) * UNIT
        vs[j] = (np.int64(others[j]) + 0.5) * UNIT


@with_signature("void(i8, i8, i8, i8, i8, i8, f8[::1], f8[::1])")
def draw_in_turn(seed, day, purpose, who, with_whom, n, us, vs):  # type: ignore[no-untyped-def]
    """The first n pairs of `us` and `vs`: what `draw` gives for k = 0 … n − 1, at a third of the cost."""
    ones, others = us.view(np.uint64), vs.view(np.uint64)
    for j in range(n):
        ones[j], others[j] = words_of(seed, day, purpose, who, with_whom, j)
    for j in range(n):
        us[j] = (np.int64(ones[j]) + 0.5) * UNIT
        vs[j] = (np.int64(others[j]) + 0.5) * UNIT


if INTERPRETED:
    _compiled_draw = draw
    _compiled_draw_each = draw_each
    _compiled_draw_in_turn = draw_in_turn

    def draw(seed, day, purpose, who, with_whom, k):  # type: ignore[no-untyped-def]
        """The same draw; handing a Purpose to compiled code from Python would cost a hundred times as much."""
        return _compiled_draw(seed, day, int(purpose), who, with_whom, k)

    def draw_each(seed, day, purpose, who, with_whom, k, n, us, vs):  # type: ignore[no-untyped-def]
        """The same draws."""
        _compiled_draw_each(seed, day, int(purpose), who, with_whom, k, n, us, vs)

    def draw_in_turn(seed, day, purpose, who, with_whom, n, us, vs):  # type: ignore[no-untyped-def]
        """The same draws."""
        _compiled_draw_in_turn(seed, day, int(purpose), who, with_whom, n, us, vs)


@with_signature("i8(i8, i8)")
def child_luck(parent, n):  # type: ignore[no-untyped-def]
    """The identity of the n-th recurrence of an issue: 62 mixed bits and a mark that it is a child."""
    low = np.uint64(0xFFFFFFFF)
    name = np.uint64(parent)
    w0, w1, _, _ = philox(name & low, name >> np.uint64(32), np.uint64(n), np.uint64(0), np.uint64(0), np.uint64(0))
    mixed = ((w0 << np.uint64(32)) | w1) >> np.uint64(2)
    return np.int64(mixed | (np.uint64(1) << np.uint64(62)))


@compiled
def poisson(mean, u):  # type: ignore[no-untyped-def]
    """The Poisson number of events with this mean that the uniform number u stands for (mean ≤ 500)."""
    if u <= 1.0 - mean:  # always at most exp(−mean), and cheaper
        return 0
    term = math.exp(-mean)
    total = term
    n = 0
    while u > total and n < 10_000:
        n += 1
        term = term * mean / n
        total += term
    return n


@compiled
def horner(c, r):  # type: ignore[no-untyped-def]
    """The polynomial of degree seven with these coefficients, highest power first."""
    return ((((((c[0] * r + c[1]) * r + c[2]) * r + c[3]) * r + c[4]) * r + c[5]) * r + c[6]) * r + c[7]


_MIDDLE = (
    2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
    13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
)  # fmt: skip
_MIDDLE_BELOW = (
    5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
    5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0,
)  # fmt: skip
_TAIL = (
    7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
    3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
)  # fmt: skip
_TAIL_BELOW = (
    1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
    0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0,
)  # fmt: skip
_FAR = (
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
    0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
)  # fmt: skip
_FAR_BELOW = (
    2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
    0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0,
)  # fmt: skip


@compiled
def normal(u):  # type: ignore[no-untyped-def]
    """The standard normal quantile of u in (0, 1): Wichura 1988, algorithm AS 241 (relative error 1e-16)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * horner(_MIDDLE, r) / horner(_MIDDLE_BELOW, r)
    r = math.sqrt(-math.log(min(u, 1.0 - u)))
    if r <= 5.0:
        tail = horner(_TAIL, r - 1.6) / horner(_TAIL_BELOW, r - 1.6)
    else:
        tail = horner(_FAR, r - 5.0) / horner(_FAR_BELOW, r - 5.0)
    return -tail if q < 0 else tail


@compiled
def logistic(v):  # type: ignore[no-untyped-def]
    """1 / (1 + exp(−v)), safe for any v."""
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    grown = math.exp(v)
    return grown / (1.0 + grown)
