"""Whose turn it is, tried out by hand."""

from __future__ import annotations

from linli.workshop.turns import Job, Turns


def jobs(*names: str, home: int | None = None, errand: bool = False) -> list[Job]:
    """Jobs that are known by a name."""
    return [Job(str, (name,), lambda result, error: None, home=home, errand=errand) for name in names]


def handed(turns: Turns, worker: int = 0, *, errands: bool = False, most: int = 99) -> list[str]:
    """The names of what one worker is given, one after another."""
    found = []
    while len(found) < most and (job := turns.next(worker, errands)):
        found.append(job.arguments[0])
    return found


def test_visitors_take_turns_however_much_they_ask_for():
    turns = Turns()
    turns.ask("greedy", jobs("g1", "g2", "g3", "g4"))
    turns.ask("modest", jobs("m1"))
    turns.ask("third", jobs("t1", "t2"))
    assert handed(turns) == ["g1", "m1", "t1", "g2", "t2", "g3", "g4"]


def test_asking_again_takes_back_what_was_asked_before():
    turns = Turns()
    turns.ask("visitor", jobs("old1", "old2", "old3"))
    assert handed(turns, most=1) == ["old1"]
    turns.ask("visitor", jobs("new1"))
    assert handed(turns) == ["new1"]


def test_what_is_taken_back_is_not_done():
    turns = Turns()
    turns.ask("visitor", jobs("a", "b"))
    assert turns.take_back("visitor") and not turns.take_back("visitor") and handed(turns) == []


def test_what_somebody_else_had_done_is_passed_over():
    turns, done = Turns(), {"b"}
    asked = jobs("a", "b", "c")
    for job in asked:
        job.needed = lambda name=job.arguments[0]: name not in done
    turns.ask("visitor", asked)
    assert handed(turns, most=1) == ["a"]
    done.add("c")
    assert handed(turns) == []


def test_a_job_goes_where_it_is_at_home_and_elsewhere_rather_than_nowhere():
    turns = Turns()
    turns.ask("visitor", [*jobs("a", "b", home=0), *jobs("c", home=1), *jobs("d", home=0)])
    assert handed(turns, 1, most=2) == ["c", "a"] and handed(turns, 0) == ["b", "d"]


def test_errands_and_runs_have_workers_of_their_own():
    turns = Turns()
    turns.ask("visitor", jobs("run"))
    turns.ask("export", jobs("errand", errand=True))
    assert handed(turns, 2, errands=True) == ["errand"] and handed(turns, 0) == ["run"]


def test_what_killed_a_worker_comes_before_all_others():
    turns = Turns()
    turns.ask("visitor", jobs("a", "b"))
    job = turns.next(0)
    turns.once_more(job)
    assert turns.next(2, errands=True) is None and handed(turns, 1) == ["a", "b"]


def test_spare_work_is_done_at_home_when_nobody_asks():
    turns = Turns()
    turns.when_idle([*jobs("s0", home=0), *jobs("s1", home=1)])
    turns.ask("visitor", jobs("a"))
    assert handed(turns, 0) == ["a", "s0"] and handed(turns, 2, errands=True) == []
    turns.when_idle(jobs("new", home=1))
    assert handed(turns, 1) == ["new"]
