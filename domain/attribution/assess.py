"""What is said: polarity, commitment, act and conditions of the reported words.

1. The main proposition decides: the first finite verb that no relative or subordinate
   clause holds; in a report by infinitive, that infinitive; a bare noun phrase has none.
2. A modal verb, or an adjective or adverb of the main clause ("prêt à", "probable"),
   sets the level; a negated possibility is categorical ("ne peut pas" is 3).
3. A cue that denies turns the polarity; one that carries modality sets the level.
4. A phrase of the lexicon that leaves it open ("n'est pas exclu") affirms a
   possibility; one that commits to nothing makes the level 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from domain.attribution.conditions import conditions
from domain.attribution.hits import Hit
from domain.attribution.lexicon import Lexicon
from domain.attribution.lexicon_entries import ACTS, CueClass, Modal
from domain.attribution.negation import is_negated
from domain.attribution.parsing import Token
from domain.attribution.verb_groups import Cue
from domain.model.commitment import Act, Polarity
from domain.model.span import Span
from domain.model.statement import Assessment

_COORDINATED = 2
"""Tokens between two coordinated verbs ("peuvent et doivent")."""
_STOPS = {".", "!", "?", ";"}
_NOMINAL = {"object", "of", "predicate"}
"""Rules by which a phrase is reported, not a clause."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A proposition on its way: negation, level, act, and the rule that gave them."""

    negated: bool = False
    level: int = 3
    act: Act = Act.ASSERT
    rule: str = "plain"


def assess(hit: Hit, lexicon: Lexicon) -> Assessment:
    """Return what the words of a statement commit their speaker to."""
    line = hit.said
    tokens = line.within(_leading(line.text, hit.content))
    said = _proposition(tokens, hit.rule.removeprefix("gerund-"), lexicon)
    if hit.cue is not None:
        said = _turned(hit.cue, lexicon, said)
    words = _folded(" ".join(span.words(line.text) for span in hit.content))
    told = _folded(_with_cue(hit))
    hedges = lexicon.hedges
    if _holds(told, hedges.non_commitment) or _neither(tokens, lexicon):
        said = replace(said, level=0, act=Act.DECLINE, rule="non-commitment")
    elif _holds(words, hedges.possible):
        said = _Said(level=1, rule="left-open")
    return Assessment(
        act=said.act,
        polarity=Polarity.NEGATED if said.negated else Polarity.AFFIRMED,
        commitment=said.level,
        conditions=conditions(line.text, hit.content, lexicon),
        rule=said.rule,
        confidence=0.8,
    )


def _with_cue(hit: Hit) -> str:
    """Return the words from the cue on, where the cue stands before the content."""
    first = hit.content[0].start
    ahead = hit.cue_span is not None and hit.cue_span.end <= first
    start = hit.cue_span.start if hit.cue_span is not None and ahead else first
    return hit.line.text[start : hit.content[-1].end]


def _folded(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split())


def _holds(text: str, phrases: Sequence[str]) -> bool:
    return any(phrase in text for phrase in phrases)


def _proposition(tokens: Sequence[Token], rule: str, lexicon: Lexicon) -> _Said:
    clause = list(_main_clause(tokens, lexicon))
    main = None if rule in _NOMINAL else _main_verb(clause, rule, lexicon)
    negated = is_negated(tokens, clause, main, lexicon, whole=rule not in _NOMINAL)
    modal = _modal_of(clause, main, lexicon)
    if modal is None:
        return _Said(negated)
    conditional = main is not None and main.feats.get("Mood") == "Cnd"
    level = modal.commitment
    if conditional and modal.conditional is not None:
        level = modal.conditional
    if negated and modal.commitment == 1:
        level = 3
    return _Said(negated, level, modal.act or Act.ASSERT, f"modal {modal.lemma}")


def _leading(text: str, content: Sequence[Span]) -> Sequence[Span]:
    """Return the spans of the first sentence: a later one that goes on is in it."""
    own = 1
    while own < len(content) and not text[content[own].start].isupper():
        own += 1
    return content[:own]


def _main_clause(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Token]:
    """Yield the tokens before the first subordinate clause or full stop.

    A subordinate clause that opens the sentence is passed over up to its comma.
    """
    grammar = lexicon.grammar
    first = [t.text.lower() for t in tokens[:2]]
    opened = any(
        word in grammar.conjunctions and set(first[:n]) <= {*grammar.even}
        for n, word in enumerate(first)
    )
    before: Token | None = None
    for token in tokens:
        said = token.text.lower()
        if opened:
            opened = said != ","
            continue
        subordinate = said in grammar.conjunctions or said in grammar.relative_pronouns
        if grammar.comma_before_clause and before is not None:
            subordinate = subordinate and before.text == ","
        if before is not None and (subordinate or said in _STOPS):
            return
        before = token
        yield token


def _turned(cue: Cue, lexicon: Lexicon, said: _Said) -> _Said:
    """Return what the cue itself makes of what it reports."""
    verb = cue.verb
    if cue.negated and verb.lemma in lexicon.hedges.affirming_negations:
        return _Said(said.negated, 1, Act.ASSERT, f"not {verb.lemma}")
    if verb.negates or cue.negated:
        said = replace(said, negated=not said.negated, rule=f"cue {verb.lemma}")
    if verb.kind not in {CueClass.SAY, CueClass.ADD}:
        said = replace(said, act=ACTS[verb.kind])
    if verb.commitment is not None:
        said = replace(said, level=verb.commitment, rule=f"cue {verb.lemma}")
    return said


def _main_verb(clause: Sequence[Token], rule: str, lexicon: Lexicon) -> Token | None:
    wanted = {"Inf"} if rule == "infinitive" else {"Fin"}
    verbs = (t for t in clause if t.feats.get("VerbForm") in wanted)
    return next(verbs, None)


def _modal_of(
    clause: Sequence[Token], main: Token | None, lexicon: Lexicon
) -> Modal | None:
    """Return the modal of the main verb, of one coordinated with it, or beside it."""
    by_lemma = lexicon.modal_by_lemma
    verbs = [] if main is None else [main, *_coordinated(clause, main)]
    found = [
        by_lemma.get(t.lemma.lower()) or by_lemma.get(t.text.lower()) for t in verbs
    ]
    if known := [modal for modal in found if modal is not None]:
        return max(known, key=lambda modal: modal.commitment)
    beside = (
        (by_lemma.get(form), following.text.lower() if following else "")
        for t, following in zip_longest(clause, clause[1:])
        if t.pos in {"ADJ", "ADV", "VERB", "NOUN"} and t.feats.get("VerbForm") != "Fin"
        for form in (t.lemma.lower(), t.text.lower())
    )
    hedging = [
        modal
        for modal, following in beside
        if modal is not None
        and not modal.verb
        and (not modal.before or following in modal.before)
    ]
    return min(hedging, key=lambda modal: modal.commitment, default=None)


def _coordinated(clause: Sequence[Token], main: Token) -> list[Token]:
    """Return the verbs coordinated with the main verb ("peuvent et doivent")."""
    beside = [main]
    for token in clause:
        if token.index > main.index and token.feats.get("VerbForm") == "Fin":
            if token.index - beside[-1].index > _COORDINATED:
                break
            beside.append(token)
    return beside[1:]


def _neither(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell "ni … ni …" between predicates: neither the one nor the other."""
    at = [n for n, t in enumerate(tokens) if t.text.lower() in lexicon.grammar.neither]
    behind = [tokens[n + 1] for n in at if n + 1 < len(tokens)]
    predicates = [
        t for t in behind if t.pos == "ADJ" or t.feats.get("VerbForm") == "Part"
    ]
    return len(predicates) > 1
