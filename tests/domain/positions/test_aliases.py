"""Agents that were judged to be one: the latest judgement of a pair holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.events.agent import AliasJudged, Verdict
from domain.events.base import Event, Recorded
from domain.model.ids import ALIASES, AgentId
from domain.positions.aliases import Aliases
from tests.support.facts import at, opened

ORLIN, MOOL, BRANT = (
    AgentId("vesna-orlin"),
    AgentId("tarek-mool"),
    AgentId("ilse-brant"),
)


def judged(
    seq: int, first: AgentId, second: AgentId, verdict: Verdict
) -> Recorded[Event]:
    """Return a judgement on record."""
    event = AliasJudged(first=first, second=second, verdict=verdict, reason="read")
    return at(seq, event, stream=ALIASES)


@given(st.permutations(list(enumerate(Verdict, start=1))), st.permutations(range(3)))
def test_the_judgement_with_the_highest_seq_holds_in_whatever_order_they_come(
    verdicts: list[tuple[int, Verdict]], order: list[int]
) -> None:
    """A pair has no first and second, and the verdict does not outweigh its seq."""
    told = [
        judged(10 + place, *((ORLIN, MOOL) if place % 2 else (MOOL, ORLIN)), verdict)
        for place, (_, verdict) in enumerate(verdicts)
    ]
    aliases = Aliases(told[place] for place in order)
    last = verdicts[-1][1]
    assert aliases.judgements() == {(MOOL, ORLIN): last}
    assert aliases.pairs(last) == [(MOOL, ORLIN)]
    assert all(aliases.pairs(each) == [] for each in Verdict if each is not last)
    assert (ORLIN in aliases.standing()) == (last is Verdict.POSITIVE)


def test_the_least_of_a_group_stands_for_all_of_it() -> None:
    """Judgements join: who is one with one is one with all that are one with it."""
    pairs = ((MOOL, ORLIN), (BRANT, ORLIN))
    aliases = Aliases(
        judged(n, *pair, Verdict.POSITIVE) for n, pair in enumerate(pairs, start=1)
    )
    assert aliases.standing() == {MOOL: BRANT, ORLIN: BRANT, BRANT: BRANT}


def test_pairs_are_told_ascending() -> None:
    """Whoever lists them need not order them."""
    pairs = ((MOOL, ORLIN), (BRANT, ORLIN), (BRANT, MOOL))
    aliases = Aliases(
        judged(n, *pair, Verdict.UNSURE) for n, pair in enumerate(pairs, start=1)
    )
    assert aliases.pairs(Verdict.UNSURE) == sorted(pairs)


def test_other_events_judge_nobody() -> None:
    """What is no judgement passes without a trace."""
    assert Aliases([at(1, opened())]).judgements() == {}
