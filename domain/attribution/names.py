"""Names of persons on the surface: runs of capitalised words, told from other names.

A parser tags many names as places, adjectives or nothing, so a run is read by its
capitals; the register, a title, a role noun beside it or the parser then says that it
is a person.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line, once
from domain.attribution.parsing import Token
from domain.model.agent import AgentKind
from domain.model.register import AgentRegister

_NO_NAME = {"ADP", "DET", "PRON", "CCONJ", "SCONJ", "ADV", "AUX", "PUNCT", "NUM"}
Run = tuple[int, int]
_FULL_NAME = 3
"""Words of a role and the full name behind it."""


def name_runs(line: Line, register: AgentRegister, lexicon: Lexicon) -> list[Run]:
    """Return the token ranges of full names of persons in a line."""
    return persons_of(line, capital_runs(line, lexicon), register, lexicon)


def persons_of(
    line: Line, runs: Sequence[Run], register: AgentRegister, lexicon: Lexicon
) -> list[Run]:
    """Return those runs of a line that are full names of persons."""
    return [
        run
        for run in runs
        if run[1] - run[0] > 1 and _is_person(line, run, register, lexicon)
    ]


@once
def capital_runs(line: Line, lexicon: Lexicon) -> list[Run]:
    """Return the token ranges that read like a name, of one word or more."""
    found: list[Run] = []
    at = 0
    while at < len(line.tokens):
        if not (is_capital(line.tokens[at]) or _ties(line, at + 1)):
            at += 1  # most words: told fast
            continue
        end = at
        while end < len(line.tokens) and _goes_on(line, at, end, lexicon):
            end += 1
        first = _behind_role(line, at, end, lexicon)
        if end > first:
            found.append((first, end))
        at = max(end, at + 1)
    return found


def _behind_role(line: Line, first: int, end: int, lexicon: Lexicon) -> int:
    """Return where a name begins behind a role in capitals ("County Manager X")."""
    at = first
    while at + 1 < end and line.tokens[at + 1].start == line.tokens[at].end:
        at += 1
    whole = line.parsed.text[line.tokens[first].start : line.tokens[at].end].lower()
    if at + 1 < end and whole in lexicon.roles.persons:
        return at + 1
    roles = (
        i + 1
        for i in range(end - _FULL_NAME, first, -1)
        if line.tokens[i].text.lower() in lexicon.roles.persons
    )
    return next(roles, first)


def is_capital(token: Token) -> bool:
    """Tell whether a token is a word with a capital, or a name where none exist."""
    first = token.text[:1]
    if token.pos == "PROPN" and first.isalpha() and not first.islower():
        return True
    return first.isupper() and any(c.isalpha() for c in token.text)


def _goes_on(line: Line, first: int, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a token begins a name, or goes on with the one begun at ``first``."""
    token, word = line.tokens[at], line.tokens[at].text.lower()
    if word in lexicon.grammar.titles or at in line.temporal:
        return False
    if at == first:
        return _begins(token, lexicon) or _is_leading_particle(line, at, lexicon)
    if line.quotation_of(token) is not line.quotation_of(line.tokens[first]):
        return False
    hyphened = token.text == "-" or line.tokens[at - 1].text == "-"
    if hyphened:
        return _is_tied(line, at if token.text == "-" else at - 1)
    if is_capital(token):
        before = line.tokens[at - 1]
        parted = _is_parted(line, before, token, lexicon)
        return not (parted or _is_another(line.tokens[first], token))
    particle = word in lexicon.grammar.name_particles
    return particle and _name_follows(line, at, lexicon)


def _begins(token: Token, lexicon: Lexicon) -> bool:
    if token.text in lexicon.grammar.initial_prepositions:
        return False
    if token.text.lower() in lexicon.grammar.emphatics:
        return False
    if token.lemma.lower() in lexicon.roles.persons:
        return False
    named = token.pos not in _NO_NAME or token.entity.startswith("PER")
    return is_capital(token) and named


def _is_leading_particle(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a small word is tied to a name by a hyphen ("al-Ansari")."""
    word = line.tokens[at].text.lower()
    return (
        _ties(line, at + 1)
        and word in lexicon.grammar.name_particles
        and _name_follows(line, at, lexicon)
    )


def _ties(line: Line, at: int) -> bool:
    """Tell whether a token is a hyphen."""
    return at < len(line.tokens) and line.tokens[at].text == "-"


def _is_another(first: Token, token: Token) -> bool:
    """Tell whether the parser sees a person begin behind a place or body."""
    return token.entity.startswith("PER") and first.entity[:3] in {"LOC", "ORG", "GPE"}


def _is_parted(line: Line, before: Token, token: Token, lexicon: Lexicon) -> bool:
    """Tell whether two words in capitals belong to two names.

    One stands in the marks of a title and the other does not, or the first is whose
    the second is, by case ("министр Вальдории Эдгар").
    """
    if line.title_of(before) is not line.title_of(token):
        return True
    given = lexicon.roles.gender_of
    if _nominative(token) in given and _nominative(before) not in given:
        return _names_on(line, token.index + 1)
    cases = before.feats.get("Case"), token.feats.get("Case")
    owned = lexicon.grammar.genitive_complements and cases == ("Gen", "Nom")
    return bool(owned)


def _nominative(token: Token) -> str:
    return (token.nominative or token.text).lower()


def _names_on(line: Line, at: int) -> bool:
    """Tell whether a surname in capitals follows a first name."""
    return at < len(line.tokens) and is_capital(line.tokens[at])


def _is_tied(line: Line, hyphen: int) -> bool:
    """Tell whether a hyphen joins two parts of a name, no space beside it."""
    tokens = line.tokens
    if not hyphen or hyphen + 1 >= len(tokens):
        return False
    mark = tokens[hyphen]
    before, behind = tokens[hyphen - 1].end, tokens[hyphen + 1].start
    return before == mark.start and mark.end == behind


def _name_follows(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a capital follows a particle, over further particles."""
    for token in line.tokens[at + 1 : at + 3]:
        if token.text == "-":
            continue
        if is_capital(token):
            return token.text.lower() not in lexicon.grammar.titles
        if token.text.lower() not in lexicon.grammar.name_particles:
            return False
    return False


def _is_person(line: Line, run: Run, register: AgentRegister, lexicon: Lexicon) -> bool:
    """Tell a person from a place or body."""
    first, end = run
    if line.tokens[end - 1].end == line.tokens[first].end or not any(
        line.tokens[at].start > line.tokens[at - 1].end for at in range(first + 1, end)
    ):
        return False  # one word, whatever its hyphens
    agent = register.named(line.named(first, end))
    if agent is not None:
        return agent.kind is AgentKind.PERSON
    lemmas = {t.lemma.lower() for t in line.tokens[first:end]}
    if lemmas & {*lexicon.roles.bodies, *lexicon.slots.outlets}:
        return False
    if _reads_like_one(line.tokens[first:end], lexicon):
        return True
    before = line.tokens[first - 1].text.lower() if first else ""
    return before in lexicon.grammar.titles or _is_described(line, run, lexicon)


def _reads_like_one(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell a name of a person by the parser, a first name that is known, or its forms."""
    if any(t.entity.startswith("PER") for t in tokens):
        return True
    if _nominative(tokens[0]) in lexicon.roles.gender_of:
        return True
    animate = {t.feats.get("Animacy") for t in tokens} == {"Anim"}
    return animate and all(t.pos == "PROPN" for t in tokens)


def _is_described(line: Line, run: Run, lexicon: Lexicon) -> bool:
    """Tell whether a role noun stands right before a name, or behind its comma."""
    first, end = run
    before = line.tokens[max(0, first - 1) : first]
    behind = line.tokens[end : end + 4]
    if before and before[0].text == ",":
        before = line.tokens[max(0, first - 5) : first - 1]
    if not (behind and behind[0].text in {",", "("}):
        behind = []
    return any(
        t.lemma.lower() in lexicon.roles.persons
        or t.text.lower() in lexicon.roles.persons
        for t in (*before, *behind)
    )
