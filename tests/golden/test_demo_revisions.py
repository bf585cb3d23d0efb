"""How the labels of the invented scenario were revised, reviewed line by line.

The file is written only with ``ONRECORD_WRITE_GOLDEN=1``, and then read by a person.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from domain.model.ids import StatementId
from domain.positions.explain_revision import explain_revision
from domain.positions.revisions import Revision
from domain.services.histories import Histories, History, HistoryQuery
from tests.golden.test_demo_scenario import LAKE, desk, steps
from tests.support.desk import Desk

__all__ = ["desk", "steps"]
GOLDEN = Path(__file__).parent / "demo" / "lake-ardan-revisions.txt"


@pytest.fixture(scope="module")
def found(desk: Desk) -> History:
    """Return the revisions of all labels that were revised."""
    histories = Histories(desk.log, desk.views, desk.timelines)
    return histories.revisions(HistoryQuery(topic=LAKE, changed_only=True))


def lines(found: History) -> Iterator[str]:
    """Yield revisions as a person reads them: the words, and below them what they read."""
    words = {each.id: each.attribution.words for each in found.statements}
    own: dict[str, list[Revision]] = {}
    for each in found.revisions:
        head = f"{each.question} | {each.holder} | {words[each.statement]}"
        own.setdefault(head, []).append(each)
    for head in sorted(own):
        yield head
        for revision in own[head]:
            yield f"    {explain_revision(revision)}"
            yield f"    {explain_revision(revision, language='fr')}"
            yield from _others(revision, words)


def _others(revision: Revision, words: dict[StatementId, str]) -> Iterator[str]:
    for cause in (revision.cause, revision.ended_by):
        for other in cause.statements if cause is not None else ():
            if cause is not None and other != revision.statement:
                yield f"        {cause.seq}: {words[other]}"


@pytest.mark.golden
def test_the_revisions_of_the_scenario_are_the_reviewed_ones(found: History) -> None:
    """Every line was read by a person against the steps of the scenario."""
    told = "\n".join(lines(found)) + "\n"
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")


def test_the_scenario_shows_what_can_revise_a_label(found: History) -> None:
    """A late article, a withdrawal, a correction, a link, two agents that are one."""
    causes: Sequence[str] = [
        cause.name
        for each in found.revisions
        for cause in (each.cause, each.ended_by)
        if cause is not None
    ]
    assert set(causes) == {
        "alias-judged.v1",
        "speaker-identified.v1",
        "statement-assessed.v1",
        "statement-attributed.v1",
        "statement-dated.v1",
        "statement-withdrawn.v1",
        "statements-linked.v1",
        "statements-unlinked.v1",
    }
