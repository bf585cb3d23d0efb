"""Noun phrases on the surface: where one that begins here ends.

Parsers attach badly in the crowded sentences of the press, so phrases are read by
their words, the same way for sources, carriers and addressees:

phrase     = core (preposition core)* brackets? ("," apposition)*
core       = determiners, numbers, adjectives, nouns, names
apposition = a name, or a phrase around a role noun
A date, a slot of the cue ("aux journalistes"), a verb or an adverb ends it.
"""

from __future__ import annotations

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.names import is_capital

_CORE = {"DET", "NUM", "ADJ", "NOUN", "PROPN", "X", "SYM"}
_HEADS = {"NOUN", "PROPN", "X"}
_ACRONYM = range(2, 7)
"""Letters of a name in capitals that may be a news agency."""
_LONGEST = 80
"""Words of a phrase that are read; no source or object has as many."""
_IN_BRACKETS = 12
"""Tokens that brackets behind a phrase may hold."""
_ASIDE = 9
"""Tokens within which the comma that closes an aside stands."""
_ROLE_WITHIN = 5
"""Tokens from the comma within which an apposition names a role."""


def word(line: Line, index: int) -> str:
    """Return a token in lower case, or nothing outside the line."""
    return line.tokens[index].text.lower() if 0 <= index < len(line.tokens) else ""


def lemma_in(line: Line, index: int, words: object) -> bool:
    """Tell whether a token's lemma or form is among some words."""
    token = line.tokens[index]
    form = token.text.lower().removesuffix(".")
    return token.lemma.lower() in words or form in words  # type: ignore[operator]


def marker(line: Line, at: int, last: int, markers: object) -> int:
    """Return how many tokens a marker takes that stands here, 0 if none does."""
    for length in (5, 4, 3, 2, 1):
        if at + length <= last:
            first, final = line.tokens[at], line.tokens[at + length - 1]
            if line.parsed.text[first.start : final.end].lower() in markers:  # type: ignore[operator]
                return length
    return 0


def is_core(line: Line, at: int) -> bool:
    """Tell whether a token may stand in the core of a phrase."""
    token = line.tokens[at]
    return at not in line.temporal and (token.pos in _CORE or is_capital(token))


def core_end(line: Line, at: int, limit: int, lexicon: Lexicon) -> int:
    """Return where the core that begins here ends; ``at`` itself if there is none."""
    first, headed, owned = at, False, False
    while at < limit and at not in line.quoted:
        token = line.tokens[at]
        if token.pos == "DET" and headed:
            break
        if at > first and (
            is_addressed(line, at, lexicon)
            or _ends_name(line, at, lexicon)
            or _is_subject(line, first, at, lexicon)
        ):
            break
        particle = (
            at > first
            and token.text.lower() in lexicon.grammar.name_particles
            and at + 1 < limit
            and is_capital(line.tokens[at - 1])
            and is_capital(line.tokens[at + 1])
        ) or (at > first and _is_joint(line, at))
        owner = at > first and token.text.lower() in lexicon.grammar.possessives
        known = at == first and token.text.lower() in lexicon.roles.definite
        known = known or (
            at > first
            and line.tokens[at - 1].pos == "DET"
            and token.text.lower() in lexicon.roles.persons
        )
        if not (is_core(line, at) or particle or owner or known):
            break
        if owner:
            owned, headed = headed, False
            at += 1
            continue
        named = token.pos in _HEADS or is_capital(token)
        headed = headed or named or lemma_in(line, at, lexicon.roles.persons)
        at += 1
    trailing = owned and word(line, at - 1) in lexicon.grammar.possessives
    return at if headed or trailing else first


def _is_joint(line: Line, at: int) -> bool:
    """Tell a hyphen inside a word, what it ties to it, or "&" between two names."""
    token, before = line.tokens[at], line.tokens[at - 1]
    if "-" in (token.text, before.text):
        return before.end == token.start
    if token.text != "&" or at + 1 >= len(line.tokens):
        return False
    return is_capital(before) and is_capital(line.tokens[at + 1])


def _is_subject(line: Line, first: int, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a noun in the nominative follows a phrase that stands in none.

    "на брифинге министр": in languages with cases, the subject begins there.
    """
    if not lexicon.grammar.genitive_complements:
        return False
    opens, token = line.tokens[first], line.tokens[at]
    subject = token.pos == "NOUN" and token.feats.get("Case") == "Nom"
    oblique = opens.feats.get("Case") not in {None, "Nom"}
    return subject and oblique and opens.pos in {"NOUN", "PROPN", "ADJ"}


def _ends_name(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a name ended before a token, where no capital tells it."""
    if not lexicon.grammar.definite_prefix:
        return False
    before, here = line.tokens[at - 1].entity, line.tokens[at].entity
    return before.startswith("PER") and not here.startswith("PER")


def phrase_end(
    line: Line, at: int, limit: int, lexicon: Lexicon, *, appositions: bool = True
) -> int:
    """Return where the phrase that begins here ends; ``at`` itself if none does."""
    limit = min(limit, at + _LONGEST)
    end = core_end(line, at, limit, lexicon)
    if end == at:
        return at
    while (more := _complement(line, end, limit, lexicon)) > end:
        end = more
    end = _brackets(line, end, limit)
    while appositions and (more := _apposition(line, end, limit, lexicon)) > end:
        end = _brackets(line, more, limit)
    return end


def _complement(line: Line, at: int, limit: int, lexicon: Lexicon) -> int:
    """Return where a preposition and its core end, or a second core behind "et"."""
    if at >= limit or at in line.quoted or opens_slot(line, at, limit, lexicon):
        return at
    joined = word(line, at) in lexicon.grammar.joiners
    if not joined and word(line, at) not in lexicon.grammar.prepositions:
        return at
    start = at + 1
    if start < limit and word(line, start) in lexicon.grammar.prepositions:
        start += 1
    end = core_end(line, start, limit, lexicon)
    return end if end > start else at


def _brackets(line: Line, at: int, limit: int) -> int:
    """Return where brackets behind a phrase close, ``at`` if there are none."""
    if at >= limit or word(line, at) != "(":
        return at
    for end in range(at + 1, min(limit, at + _IN_BRACKETS)):
        if word(line, end) == ")":
            return end + 1
    return at


def _apposition(line: Line, at: int, limit: int, lexicon: Lexicon) -> int:
    """Return where the apposition behind a comma ends, ``at`` if there is none."""
    if at + 1 >= limit or word(line, at) != ",":
        return at
    if line.tokens[at + 1].pos == "ADJ" and (close := _closed(line, at, limit)) > at:
        return close
    end = phrase_end(line, at + 1, limit, lexicon, appositions=False)
    if end == at + 1:
        return at
    inside = range(at + 1, min(end, at + 1 + _ROLE_WITHIN))
    named = is_capital(line.tokens[at + 1]) and line.tokens[at + 1].pos != "DET"
    role = any(lemma_in(line, i, lexicon.roles.persons) for i in inside)
    role = role or any(line.tokens[i].entity.startswith("PER") for i in inside)
    role = role or line.tokens[end - 1].entity.startswith("PER")
    alone = is_capital(line.tokens[at - 1]) and line.tokens[at - 1].pos == "PROPN"
    role = role or (
        alone and any(lemma_in(line, i, lexicon.roles.bodies) for i in inside)
    )
    joiners = lexicon.grammar.joiners
    joined = any(word(line, i) in joiners for i in range(at + 1, end))
    if end < limit and word(line, end) in joiners:
        return _complement(line, end, limit, lexicon)
    return end if named or role or joined else at


def _closed(line: Line, comma: int, limit: int) -> int:
    """Return the comma that closes an aside without a verb, ``comma`` if none does."""
    for at in range(comma + 1, min(limit, comma + _ASIDE)):
        if word(line, at) == ",":
            return at
        if line.tokens[at].feats.get("VerbForm") == "Fin" or at in line.quoted:
            break
    return comma


def opens_slot(line: Line, at: int, limit: int, lexicon: Lexicon) -> bool:
    """Tell whether a slot of the cue begins here: occasion, carrier, addressee."""
    slots = lexicon.slots
    if is_addressed(line, at, lexicon):
        return True
    if marker(line, at, limit, slots.occasion_markers):
        return True
    length = marker(line, at, limit, slots.medium_markers)
    if length and _head_is(line, at + length, limit, (slots.media, slots.outlets)):
        return True
    if length and word(line, at + length) in slots.networks:
        return True
    if word(line, at) in slots.addressee_markers:
        kinds = (slots.addressees, slots.outlets)
        return _head_is(line, at + 1, limit, kinds) or bool(
            agency_end(line, at + 1, limit, lexicon)
        )
    return False


def is_addressed(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether whom one speaks to begins here, by case alone ("журналистам")."""
    case, token = lexicon.grammar.addressee_case, line.tokens[at]
    if not case or token.feats.get("Case") != case or token.pos not in _CORE:
        return False
    slots = lexicon.slots
    kinds = (slots.addressees, slots.outlets, lexicon.roles.persons)
    return any(lemma_in(line, at, kind) for kind in kinds) or is_capital(token)


def agency_end(line: Line, at: int, limit: int, lexicon: Lexicon) -> int:
    """Return where an acronym that may be a news agency ends ("l'APC"), 0 if none."""
    end = at + 1 if at < limit and line.tokens[at].pos == "DET" else at
    if end >= limit:
        return 0
    name = line.tokens[end].text
    body = name.lower() in lexicon.roles.bodies
    alike = name.isalpha() and name.isupper() and len(name) in _ACRONYM
    return end + 1 if alike and not body else 0


def _head_is(line: Line, at: int, limit: int, kinds: tuple[object, ...]) -> bool:
    """Tell whether the first noun of a phrase is of one of these kinds."""
    for index in range(at, min(limit, at + 4)):
        token = line.tokens[index]
        if any(lemma_in(line, index, kind) for kind in kinds):
            return True
        if token.pos in {"NOUN", "PROPN"}:
            return False
        if token.pos not in {"DET", "ADJ", "NUM"}:
            return False
    return False
