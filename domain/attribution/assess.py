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

from domain.attribution.hits import Hit
from domain.attribution.lexicon import Lexicon
from domain.attribution.lexicon_entries import ACTS, CueClass, Modal
from domain.attribution.parsing import Token
from domain.attribution.verb_groups import Cue
from domain.model.commitment import Act, Polarity
from domain.model.span import Excerpt, Span
from domain.model.statement import Assessment

_NEGATES_WITHIN = 4
"""Tokens before a verb in which its negation is looked for."""
_BEHIND = 2
"""Tokens behind a finite verb in which its negation stands, where it stands there."""
_RESTRICTS_WITHIN = 6
"""Tokens behind a verb in which "que" makes "ne" a restriction."""
_COORDINATED = 2
"""Tokens between two coordinated verbs ("peuvent et doivent")."""
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
    tokens = line.within(hit.content)
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


def conditions(
    text: str, content: Sequence[Span], lexicon: Lexicon
) -> tuple[Excerpt, ...]:
    """Return what the words depend on: from each marker to the end of its clause."""
    found: list[Excerpt] = []
    for span in content:
        folded = span.words(text).lower().replace("’", "'")
        for marker in lexicon.conditions:
            at = _find_word(folded, marker.words)
            if at < 0 or folded[:at].rstrip().endswith(marker.not_after):
                continue
            start = at + len(marker.words) if marker.governs else at
            if folded[at + len(marker.words) :].startswith(marker.not_before):
                continue
            end = folded.find(",", start + 1)
            stop = span.start + end if end > 0 else span.end
            place = _unquoted(text, Span(span.start + start, stop))
            if not any(place.overlaps(each.span) for each in found):
                found.append(Excerpt.cut(text, place))
    return tuple(sorted(found, key=lambda each: each.start))


def _unquoted(text: str, span: Span) -> Span:
    """Return a span without a closing mark whose partner lies before it."""
    start, end = span
    while text[start].isspace():
        start += 1
    words = text[start:end].rstrip()
    for opening, closing in (("«", "»"), ("“", "”"), ('"', '"')):
        lone = (
            words.count(closing)
            if opening == closing
            else (words.count(closing) - words.count(opening))
        )
        if words.endswith(closing) and lone % 2:
            words = words[:-1].rstrip()
    return Span(start, start + len(words))


def _find_word(text: str, words: str) -> int:
    """Return where words stand in a text, not in the middle of a word."""
    at = text.find(words)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(words, at + 1)
    return at


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
    negated = _is_negated(tokens, main, lexicon)
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


def _main_clause(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Token]:
    """Yield the tokens before the first subordinate clause or full stop.

    A subordinate clause that opens the sentence is passed over up to its comma.
    """
    opened = bool(tokens) and tokens[0].text.lower() in lexicon.grammar.conjunctions
    yielded = False
    for token in tokens:
        said = token.text.lower()
        if opened:
            opened = said != ","
            continue
        subordinate = said in lexicon.grammar.conjunctions or (
            said in lexicon.grammar.relative_pronouns
        )
        if yielded and (subordinate or said in {".", "!", "?", ";"}):
            return
        yielded = True
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


def _is_negated(tokens: Sequence[Token], main: Token | None, lexicon: Lexicon) -> bool:
    """Tell whether a negation belongs to the main verb."""
    grammar = lexicon.grammar
    determiners = set(grammar.negative_determiners)
    if main is None:
        return any(t.text.lower() in determiners for t in tokens[:1])
    if main.text.lower() in determiners:
        return True
    near = [
        t
        for t in tokens
        if t.text.lower() in grammar.negators
        and 0 < main.index - t.index <= _NEGATES_WITHIN
    ]
    if near and _is_restriction(tokens, main, lexicon):
        return False
    if grammar.negator_behind:
        behind = [t for t in tokens if 0 < t.index - main.index <= _BEHIND]
        words = {t.text.lower() for t in behind}
        if words & {*grammar.negators, *grammar.negative_determiners}:
            return True
    return bool(near) or any(
        t.text.lower() in determiners and t.index < main.index for t in tokens[:2]
    )


def _is_restriction(tokens: Sequence[Token], main: Token, lexicon: Lexicon) -> bool:
    """Tell "ne … que" from a negation: "que" follows, and no second negator before."""
    for token in tokens:
        if not main.index < token.index <= main.index + _RESTRICTS_WITHIN:
            continue
        said = token.text.lower()
        if said in lexicon.grammar.second_negators:
            return False
        if said in lexicon.grammar.restrictors:
            return True
    return False


def _neither(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell "ni … ni …" between predicates: neither the one nor the other."""
    at = [n for n, t in enumerate(tokens) if t.text.lower() in lexicon.grammar.neither]
    behind = [tokens[n + 1] for n in at if n + 1 < len(tokens)]
    predicates = [
        t for t in behind if t.pos == "ADJ" or t.feats.get("VerbForm") == "Part"
    ]
    return len(predicates) > 1
