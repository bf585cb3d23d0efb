"""What is said: polarity, commitment, act and conditions of the reported words.

The main proposition decides: the first finite verb of the content that is in no
relative clause. A negated possibility is categorical ("ne peut pas" is 3). A cue
that denies turns the polarity; a phrase that commits to nothing makes the level 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.attribution.cues import Cue
from domain.attribution.lexicon import ACTS, CueClass, Lexicon, Modal
from domain.attribution.lines import Line
from domain.attribution.parsing import Token
from domain.model.commitment import Act, Polarity
from domain.model.span import Excerpt, Span
from domain.model.statement import Assessment

_NEGATES_WITHIN = 6
"""Tokens around a verb in which its negation is looked for."""
_COORDINATED = 2
"""Tokens between two coordinated verbs ("peuvent et doivent")."""


def assess(
    line: Line, content: Sequence[Span], cue: Cue | None, lexicon: Lexicon
) -> Assessment:
    """Return what the words commit their speaker to."""
    tokens = [t for t in line.tokens if _within(line, t, content)]
    words = " ".join(span.words(line.text) for span in content)
    negated, level, act, rule = _proposition(tokens, cue, lexicon)
    folded = " ".join(words.lower().replace("’", "'").split())
    if any(phrase in folded for phrase in lexicon.hedges.non_commitment):
        level, act, rule = 0, Act.DECLINE, "non-commitment"
    return Assessment(
        act=act,
        polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
        commitment=level,
        conditions=conditions(line.text, content, lexicon),
        rule=rule,
        confidence=0.8,
    )


def conditions(
    text: str, content: Sequence[Span], lexicon: Lexicon
) -> tuple[Excerpt, ...]:
    """Return what the words depend on: from each marker to the end of its clause."""
    found: list[Excerpt] = []
    for span in content:
        folded = span.words(text).lower().replace("’", "'")
        for marker in lexicon.conditions:
            at = _find_word(folded, marker.words)
            if at < 0:
                continue
            end = folded.find(",", at + len(marker.words))
            place = Span(span.start + at, span.start + end if end > 0 else span.end)
            if not any(place.overlaps(each.span) for each in found):
                found.append(Excerpt.cut(text, place))
    return tuple(sorted(found, key=lambda each: each.start))


def _find_word(text: str, words: str) -> int:
    """Return where words stand in a text, not in the middle of a word."""
    at = text.find(words)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(words, at + 1)
    return at


def _within(line: Line, token: Token, content: Sequence[Span]) -> bool:
    place = line.place(token)
    return any(span.contains(place) for span in content)


def _proposition(
    tokens: Sequence[Token], cue: Cue | None, lexicon: Lexicon
) -> tuple[bool, int, Act, str]:
    """Return negation, level, act, and the rule that gave them."""
    main = _main_verb(tokens, lexicon)
    negated = main is not None and _is_negated(tokens, main, lexicon)
    modal = _strongest_modal(tokens, main, lexicon)
    level, act, rule = 3, Act.ASSERT, "plain"
    if modal is not None and main is not None:
        conditional = modal.conditional if main.feats.get("Mood") == "Cnd" else None
        level = conditional if conditional is not None else modal.commitment
        act, rule = modal.act or act, f"modal {modal.lemma}"
        if negated and modal.commitment == 1:
            level = 3
    if cue is not None:
        negated, level, act, rule = _turn(cue, lexicon, (negated, level, act, rule))
    return negated, level, act, rule


def _turn(
    cue: Cue, lexicon: Lexicon, said: tuple[bool, int, Act, str]
) -> tuple[bool, int, Act, str]:
    """Apply what the cue itself does to what it reports."""
    negated, level, act, rule = said
    if cue.negated and cue.verb.lemma in lexicon.hedges.affirming_negations:
        return negated, 1, Act.ASSERT, f"not {cue.verb.lemma}"
    if cue.verb.negates:
        negated, rule = not negated, f"cue {cue.verb.lemma}"
    if cue.verb.kind not in {CueClass.SAY, CueClass.ADD}:
        act = ACTS[cue.verb.kind]
    if cue.verb.commitment is not None:
        level, rule = cue.verb.commitment, f"cue {cue.verb.lemma}"
    return negated, level, act, rule


def _main_verb(tokens: Sequence[Token], lexicon: Lexicon) -> Token | None:
    """Return the first finite verb that no relative pronoun opens the clause of.

    A parser may call the main clause relative; the pronoun is the proof.
    """
    relative = set(lexicon.grammar.relative_pronouns)
    opened = {t.head for t in tokens if t.text.lower() in relative}
    finite = (t for t in tokens if t.feats.get("VerbForm") == "Fin")
    return next((t for t in finite if not _is_relative(t, opened)), None)


def _is_relative(verb: Token, opened: set[int]) -> bool:
    return "relcl" in verb.dep and verb.index in opened


def _strongest_modal(
    tokens: Sequence[Token], main: Token | None, lexicon: Lexicon
) -> Modal | None:
    """Return the modal of the main verb, or of one coordinated with it."""
    if main is None or main.lemma.lower() not in lexicon.modal_by_lemma:
        return None
    beside = [main]
    for token in tokens:
        if token.index > main.index and token.feats.get("VerbForm") == "Fin":
            if token.index - beside[-1].index > _COORDINATED:
                break
            beside.append(token)
    found = [
        lexicon.modal_by_lemma[t.lemma.lower()]
        for t in beside
        if t.lemma.lower() in lexicon.modal_by_lemma
    ]
    return max(found, key=lambda modal: modal.commitment)


def _is_negated(tokens: Sequence[Token], main: Token, lexicon: Lexicon) -> bool:
    """Tell whether a negation belongs to the main verb."""
    negators = set(lexicon.grammar.negators)
    before = any(
        t.text.lower() in negators and 0 < main.index - t.index <= _NEGATES_WITHIN - 2
        for t in tokens
    )
    determiners = set(lexicon.grammar.negative_determiners)
    return before or any(
        t.text.lower() in determiners and t.index < main.index for t in tokens[:2]
    )
