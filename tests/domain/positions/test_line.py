"""A line that is changed where its evidence changes is the fold of what is left."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from domain.model.commitment import Act
from domain.model.ids import AgentId, QuestionId
from domain.positions.evidence import Evidence
from domain.positions.line import Line
from domain.positions.timeline import Key, Position, line
from tests.support.facts import QUESTION, statement_of

KEY = Key(QuestionId(QUESTION), AgentId("vesna-orlin"))
START = date(2031, 2, 1)


def said(
    number: int, first: int, last: int, commitment: int = 1, act: Act = Act.ASSERT
) -> Evidence:
    """Return evidence of some days."""
    return Evidence(
        statement=statement_of(number),
        earliest=START + timedelta(days=first),
        latest=START + timedelta(days=last),
        act=act,
        commitment=commitment,
    )


EVIDENCE = st.builds(
    lambda number, first, days, commitment, act: said(
        number, first, first + days, commitment, act
    ),
    st.integers(0, 5),
    st.integers(0, 12),
    st.sampled_from([0, 0, 0, 1, 3, 7]),
    st.integers(-3, 3),
    st.sampled_from([Act.ASSERT, Act.ASSERT, Act.WITHDRAW]),
)
MOVES = st.lists(st.tuples(st.lists(EVIDENCE, max_size=3), st.sets(st.integers(0, 20))))
NESTED = [
    ([said(0, 0, 3, 2)], set[int]()),
    ([said(1, 1, 1, -1)], set[int]()),
    ([said(2, 3, 3, 3), said(3, 5, 5)], set[int]()),
    ([], {1, 2}),
]
"""A wide interval, one within it, one that touches its end, and one beyond."""


@given(MOVES)
@example(NESTED)
def test_a_line_is_the_fold_of_the_evidence_that_is_left(
    moves: list[tuple[list[Evidence], set[int]]],
) -> None:
    """Whatever is taken out and put in, in whatever order, and told as it changes."""
    kept: list[Evidence] = []
    told: dict[date, Position] = {}
    changed = Line(KEY)
    for come, indices in moves:
        gone = [each for index, each in enumerate(kept) if index in indices]
        kept = [each for each in kept if each not in gone]
        changed.take_out(gone)
        new = [each for each in come if each not in kept]
        changed.put_in(new)
        kept += dict.fromkeys(new)
        for start, was, now in changed.changes():
            assert told.pop(start, None) == was
            if now is not None:
                told[start] = now
        expected = list(line(KEY, kept))
        assert list(changed) == expected
        assert len(changed) == len(expected)
        assert [told[start] for start in sorted(told)] == expected


@given(st.lists(EVIDENCE), st.lists(EVIDENCE, max_size=4))
def test_a_line_read_from_rows_goes_on_as_the_line_that_wrote_them(
    before: list[Evidence], later: list[Evidence]
) -> None:
    """Bodies are read when they are needed, and stand for the positions themselves."""
    whole = Line(KEY)
    whole.put_in(before)
    rows = [(each.earliest, each.model_dump_json().encode()) for each in whole]
    read = Line(KEY, rows)
    for each in (whole, read):
        list(each.changes())
        each.put_in(later)
    assert list(read.changes()) == list(whole.changes())
    assert list(read) == list(whole)


def test_what_does_not_change_is_not_told() -> None:
    """Evidence taken out and put in again leaves nothing to write."""
    steady = Line(KEY)
    evidence = [said(0, 0, 0), said(1, 2, 2, 3), said(2, 4, 4, -1)]
    steady.put_in(evidence)
    assert len(list(steady.changes())) == 3
    steady.take_out(evidence[:2])
    steady.put_in(evidence[:2])
    assert list(steady.changes()) == []
    steady.take_out([said(7, 0, 0)])
    assert list(steady.changes()) == []
