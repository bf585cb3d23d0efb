"""Every transition can be told in a sentence, in English and in French."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events.base import Event
from domain.events.topic import LinkKind, StatementsLinked
from domain.model.commitment import Act, Reading
from domain.positions.explain import explain
from domain.positions.labels import Label
from tests.support.facts import attributed, reading, recorded
from tests.support.histories import histories, timeline


def told(before: Reading, now: Reading, language: str) -> str:
    """Return the sentence of the second of two positions."""
    *_, last = timeline(
        recorded(
            [
                attributed(1, "2031-02-01", before),
                attributed(2, "2031-02-05/2031-02-06", now),
            ]
        )
    ).positions
    return explain(last, holder="Vesna Orlin", question="Open?", language=language)


@pytest.mark.parametrize(
    ("before", "now", "english", "french"),
    [
        (
            reading(2),
            reading(-3),
            (
                "Vesna Orlin on “Open?”: categorically no (5 – 6 February 2031), after: "
                "probably yes; reversed, because the side changed "
                "(rule 6; evidence: 1, before: 1)."
            ),
            (
                "Vesna Orlin, sur « Open? » : catégoriquement non (5 – 6 février 2031), "
                "après : probablement oui ; revirement, "
                "car le camp a changé (règle 6 ; pièces : 1, avant : 1)."
            ),
        ),
        (
            reading(3),
            reading(3, conditions=["toll-first"]),
            (
                "Vesna Orlin on “Open?”: categorically yes, on the condition “toll-first” "
                "(5 – 6 February 2031), after: categorically yes; condition added, "
                "because the condition “toll-first” was added "
                "(rule 10; evidence: 1, before: 1)."
            ),
            (
                "Vesna Orlin, sur « Open? » : catégoriquement oui, sous la condition "
                "« toll-first » (5 – 6 février 2031), après : catégoriquement oui ; "
                "condition ajoutée, car la condition « toll-first » a été ajoutée "
                "(règle 10 ; pièces : 1, avant : 1)."
            ),
        ),
        (
            reading(3, conditions=["for-now"]),
            reading(3, conditions=["both-sides", "toll-first"]),
            (
                "Vesna Orlin on “Open?”: categorically yes, on the conditions “both-sides” "
                "and “toll-first” (5 – 6 February 2031), after: categorically yes, for "
                "now; condition changed, because the conditions “both-sides” and "
                "“toll-first” were added, and the condition “for now” was dropped "
                "(rule 9; evidence: 1, before: 1)."
            ),
            (
                "Vesna Orlin, sur « Open? » : catégoriquement oui, sous les conditions "
                "« both-sides » et « toll-first » (5 – 6 février 2031), après : "
                "catégoriquement oui, pour l'instant ; condition changée, car les conditions "
                "« both-sides » et « toll-first » ont été ajoutées, et la condition "
                "« pour l'instant » a été levée "
                "(règle 9 ; pièces : 1, avant : 1)."
            ),
        ),
        (
            reading(3),
            reading(0, act=Act.WITHDRAW),
            (
                "Vesna Orlin on “Open?”: taken back "
                "(5 – 6 February 2031), after: categorically yes; retracted, because "
                "earlier words were taken back (rule 2; evidence: 1, before: 1)."
            ),
            (
                "Vesna Orlin, sur « Open? » : propos rétractés "
                "(5 – 6 février 2031), après : catégoriquement oui ; rétracté, car des propos "
                "antérieurs ont été rétractés (règle 2 ; pièces : 1, avant : 1)."
            ),
        ),
        (
            reading(0, act=Act.WITHDRAW),
            reading(-1),
            (
                "Vesna Orlin on “Open?”: possibly no (5 – 6 February 2031), after: "
                "taken back; stated again, because the position before was taken back "
                "(rule 3; evidence: 1, before: 1)."
            ),
            (
                "Vesna Orlin, sur « Open? » : peut-être non (5 – 6 février 2031), "
                "après : propos rétractés ; déclaré de nouveau, car la position précédente "
                "avait été rétractée (règle 3 ; pièces : 1, avant : 1)."
            ),
        ),
        (
            reading(-3),
            reading(-1),
            (
                "Vesna Orlin on “Open?”: possibly no (5 – 6 February 2031), after: "
                "categorically no; softened, because the commitment fell by 2 "
                "(rule 13; evidence: 1, before: 1)."
            ),
            (
                "Vesna Orlin, sur « Open? » : peut-être non "
                "(5 – 6 février 2031), après : catégoriquement non ; adouci, "
                "car l'engagement a diminué de 2 (règle 13 ; pièces : 1, avant : 1)."
            ),
        ),
    ],
)
def test_a_transition_is_told_with_both_values_reason_and_rule(
    before: Reading, now: Reading, english: str, french: str
) -> None:
    """The sentence names what was said now and before, why the label holds, and the rule."""
    assert told(before, now, "en") == english
    assert told(before, now, "fr") == french
    assert told(before, now, "ru") == english


@given(histories(), st.sampled_from(["en", "fr"]))
def test_every_position_can_be_explained(history: list[object], language: str) -> None:
    """The words are complete: no label or value lacks them, no gap is left unfilled."""
    for position in timeline(history).positions:  # type: ignore[arg-type] # a history
        sentence = explain(position, holder="H", question="Q", language=language)
        assert f" {position.transition.rule}" in sentence
        assert "{" not in sentence
        assert sentence.endswith(".")


@pytest.mark.parametrize("label", Label)
def test_no_label_lacks_its_words_in_either_language(label: Label) -> None:
    """Each label has a reason of its own in both languages."""
    base = timeline(recorded([attributed(1, "2031-02-01", reading(1))])).positions[0]
    step = base.transition.changed(label=label)
    position = base.changed(transition=step)
    told = [
        explain(position, holder="H", question="Q", language=language)
        for language in ("en", "fr")
    ]
    assert "because" in told[0]
    assert "car" in told[1]


def test_those_whom_the_holder_stands_for_are_named_with_it() -> None:
    """Else a reader finds words of one agent under the name of another."""
    (position,) = timeline(
        recorded([attributed(1, "2031-02-01", reading(3))])
    ).positions
    others = ["V. Orlin", "V. O."]
    english, french = (
        explain(
            position,
            holder="Vesna Orlin",
            question="Open?",
            stands_for=others,
            language=language,
        )
        for language in ("en", "fr")
    )
    assert english.startswith(
        "Vesna Orlin (judged to be one with V. Orlin and V. O.) on “Open?”: "
    )
    assert french.startswith(
        "Vesna Orlin (qui ne fait qu'un, par décision, avec V. Orlin et V. O.), sur « Open? » : "
    )


def test_reports_of_one_utterance_are_counted_as_evidence() -> None:
    """One statement in three languages is three pieces of evidence, not three statements."""
    first, *others = (
        attributed(number, "2031-02-05", reading(2)) for number in (2, 3, 4)
    )
    links = (
        StatementsLinked(
            first=first.statement,
            second=other.statement,
            kind=LinkKind.SAME_STATEMENT,
            reason="one interview",
        )
        for other in others
    )
    before = attributed(1, "2031-02-01", reading(2))
    *_, last = timeline(recorded([before, first, *others, *links])).positions
    english, french = (
        explain(last, holder="H", question="Q", language=language)
        for language in ("en", "fr")
    )
    assert english.endswith("(rule 1; evidence: 3, before: 1).")
    assert french.endswith("(règle 1 ; pièces : 3, avant : 1).")


NO_COMMENT, TAKEN_BACK = reading(0), reading(0, act=Act.WITHDRAW)
CHAINED = ("2031-04-01/2031-04-07", "2031-04-06/2031-04-12", "2031-04-11/2031-04-17")


@pytest.mark.parametrize(
    "block",
    [
        [
            attributed(number, days, reading(commitment))
            for number, days, commitment in zip(
                (2, 3, 4), CHAINED, (1, 0, -1), strict=True
            )
        ],
        [attributed(2, "2031-04-01", reading(3), reading(-3))],
        [
            attributed(2, "2031-04-01", NO_COMMENT),
            attributed(3, "2031-04-01", TAKEN_BACK),
        ],
    ],
    ids=["of days that chain", "in one utterance", "without yes or no"],
)
def test_an_ambivalent_block_is_told_in_words_that_are_true_of_all(
    block: list[Event],
) -> None:
    """It may hold no yes, no no, one statement only, or two that share no day."""
    events = [attributed(1, "2031-02-01", reading(1)), *block]
    *_, last = timeline(recorded(events)).positions
    english, french = (
        explain(last, holder="H", question="Q", language=language)
        for language in ("en", "fr")
    )
    assert english.startswith("H on “Q”: contradictory (")
    assert "ambivalent, because what was said contradicts itself (rule 4;" in english
    assert french.startswith("H, sur « Q » : propos contradictoires (")
    assert "ambivalent, car des propos se contredisent (règle 4 ;" in french
