"""Every transition can be told in a sentence, in English and in French."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
                "On “Open?” Vesna Orlin said: certainly not (2031-02-05/2031-02-06), after: "
                "probably; reversed, because the side changed "
                "(rule 6; statements: 1, before: 1)."
            ),
            (
                "Sur « Open? », Vesna Orlin a dit : certainement pas "
                "(2031-02-05/2031-02-06), après : probablement ; renversé, "
                "car le camp a changé (règle 6 ; déclarations : 1, avant : 1)."
            ),
        ),
        (
            reading(3),
            reading(3, conditions=["toll-first"]),
            (
                "On “Open?” Vesna Orlin said: certainly, on the condition toll-first "
                "(2031-02-05/2031-02-06), after: certainly; condition added, "
                "because toll-first came (rule 10; statements: 1, before: 1)."
            ),
            (
                "Sur « Open? », Vesna Orlin a dit : certainement, à la condition toll-first "
                "(2031-02-05/2031-02-06), après : certainement ; condition ajoutée, "
                "car toll-first est venu (règle 10 ; déclarations : 1, avant : 1)."
            ),
        ),
        (
            reading(3),
            reading(0, act=Act.WITHDRAW),
            (
                "On “Open?” Vesna Orlin said: nothing that still stands "
                "(2031-02-05/2031-02-06), after: certainly; retracted, because the words "
                "were only taken back (rule 2; statements: 1, before: 1)."
            ),
            (
                "Sur « Open? », Vesna Orlin a dit : plus rien qui tienne "
                "(2031-02-05/2031-02-06), après : certainement ; rétracté, car les propos "
                "ont seulement été repris (règle 2 ; déclarations : 1, avant : 1)."
            ),
        ),
        (
            reading(-3),
            reading(-1),
            (
                "On “Open?” Vesna Orlin said: possibly not (2031-02-05/2031-02-06), after: "
                "certainly not; softened, because the commitment fell by 2 "
                "(rule 13; statements: 1, before: 1)."
            ),
            (
                "Sur « Open? », Vesna Orlin a dit : peut-être pas "
                "(2031-02-05/2031-02-06), après : certainement pas ; adouci, "
                "car l'engagement a baissé de 2 (règle 13 ; déclarations : 1, avant : 1)."
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
