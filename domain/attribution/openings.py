"""Where what a cue reports begins behind it, and by which rule; see ``contents``."""

from __future__ import annotations

from domain.attribution.asides import skip_asides, speaks
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.phrases import is_core, marker, phrase_end, word
from domain.attribution.verb_groups import Cue


def opening(
    line: Line, cue: Cue, limit: int, lexicon: Lexicon
) -> tuple[str, int] | None:
    """Return the rule by which something is reported and where it begins."""
    direct = _direct(line, cue, limit, lexicon)
    late = lexicon.grammar.verb_first  # an object stands behind the subject
    if cue.verb.only or (direct is not None and not late):
        return direct
    zero = _bare_clause(line, cue, limit, lexicon)
    for at in range(cue.last + 1, limit):
        if (found := _opens(line, at, cue, limit, lexicon)) is not None:
            inner = found[0] == "quotation" and zero is not None and zero[1] < at
            if found[0] == "quotation" and not inner:
                return _whole_object(line, cue, at, lexicon) or found
            return zero if inner else found
        token = line.tokens[at]
        if token.feats.get("VerbForm") == "Fin" or word(line, at) == ";":
            break
    return zero or direct


def _whole_object(
    line: Line, cue: Cue, at: int, lexicon: Lexicon
) -> tuple[str, int] | None:
    """Return the object that a quotation only describes ("décrit un homme « isolé »").

    Its noun phrase begins right behind the verb and runs up to the quotation, which
    goes on with it in lower case.
    """
    start = skip_asides(line, cue.last + 1, at, lexicon)
    first = line.tokens[start]
    opens = {"DET", "NUM"}
    if lexicon.grammar.genitive_complements:
        opens |= {"NOUN", "ADJ", "PRON"}
    if not line.tokens[at].text[:1].islower() or first.pos not in opens:
        return None
    whole = phrase_end(line, start, at, lexicon, appositions=False) == at
    alone = at == start + 1  # "une « prime »": a noun inside the marks
    if start >= at or not (whole or alone) or speaks(line, start, at, lexicon):
        return None
    return ("object", start)


def _bare_clause(
    line: Line, cue: Cue, limit: int, lexicon: Lexicon
) -> tuple[str, int] | None:
    """Return a clause reported without complementizer ("he said it was over").

    It begins with its subject, behind whom the cue addresses, and has a finite verb.
    """
    if not lexicon.grammar.zero_complementizer or cue.verb.strict:
        return None
    at = skip_asides(line, cue.last + 1, limit, lexicon, adverbs=False)
    if cue.verb.addresses:
        at = max(at, phrase_end(line, at, limit, lexicon))
        at = skip_asides(line, at, limit, lexicon, adverbs=False)
    at += word(line, at) in lexicon.dates.same_day
    if at >= limit or word(line, at) in {",", ";", ":"}:
        return None
    finite = any(t.feats.get("VerbForm") == "Fin" for t in line.tokens[at:limit])
    return ("zero", at) if finite else None


def _opens(
    line: Line, at: int, cue: Cue, limit: int, lexicon: Lexicon
) -> tuple[str, int] | None:
    """Return what begins at a token that opens what is reported, if it does."""
    grammar, said = lexicon.grammar, word(line, at)
    found: tuple[str, int] | None = None
    if at in line.quoted:
        found = "quotation", at
    elif said == ":":
        found = "colon", at + 1
    elif said in grammar.complementizers and (
        word(line, at - 1) not in grammar.no_complementizer_after
    ):
        found = "complementizer", at + 1
    elif (
        cue.verb.infinitive
        and said in grammar.infinitive_markers
        and _is_infinitive(line, at + 1, limit)
    ):
        found = "infinitive", at + 1
    elif (
        cue.verb.infinitive
        and not grammar.infinitive_markers
        and (line.tokens[at].feats.get("VerbForm") == "Inf")
    ):
        found = "infinitive", at - (word(line, at - 1) in grammar.negators)
    elif cue.verb.question and said in grammar.interrogatives:
        found = "question", at
    return found


def _direct(
    line: Line, cue: Cue, limit: int, lexicon: Lexicon
) -> tuple[str, int] | None:
    """Return what a verb governs right behind itself, dates and slots skipped."""
    grammar, verb = lexicon.grammar, cue.verb
    at = skip_asides(line, cue.last + 1, limit, lexicon)
    if grammar.verb_first:
        at = phrase_end(line, at, limit, lexicon, appositions=False)
        at = skip_asides(line, at, limit, lexicon)
    at += marker(line, at, limit, grammar.inner_adverbials)
    if at >= limit:
        return None
    token, quoted = line.tokens[at], at in line.quoted
    of = marker(line, at, limit, grammar.of) if verb.of else 0
    of = of or marker(line, at, limit, verb.prepositions)
    infinitive = (
        verb.infinitive and token.pos != "ADP" and _is_infinitive(line, at, limit)
    )
    found: tuple[str, int] | None = None
    if cue.reflexive and verb.predicate and (quoted or _is_predicate(line, at)):
        found = "predicate", at
    elif of:
        found = "of", at + of
    elif verb.of and verb.particles and (quoted or _is_nominal(line, at, lexicon)):
        found = "of", at  # the particle was the preposition ("called for")
    elif infinitive:
        start = at + (word(line, at) in grammar.infinitive_markers)
        found = ("infinitive", start) if _is_allowed(line, at, cue) else None
    elif (
        verb.object
        and not verb.addresses
        and (quoted or _is_nominal(line, at, lexicon))
    ):
        found = "object", at
    return found


def _is_nominal(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a noun phrase begins here."""
    grammar, token = lexicon.grammar, line.tokens[at]
    if word(line, at) in grammar.complementizers:
        return False
    if word(line, at) in grammar.interrogatives:
        return False
    starts = (is_core(line, at) and token.pos != "ADP") or token.pos == "PRON"
    return starts or word(line, at) in grammar.reported_adverbs


def _is_allowed(line: Line, at: int, cue: Cue) -> bool:
    """Tell whether a verb that reports some infinitives only reports this one."""
    while line.tokens[at].pos == "PRON":
        at += 1  # "s'exprimer"
    return not cue.verb.only or (cue.negated and word(line, at) in cue.verb.only)


def _is_predicate(line: Line, at: int) -> bool:
    token = line.tokens[at]
    return token.pos == "ADJ" or token.feats.get("VerbForm") == "Part"


def _is_infinitive(line: Line, at: int, limit: int) -> bool:
    """Tell whether an infinitive stands there, behind negations and clitics only."""
    for token in line.tokens[at : min(at + 6, limit)]:
        if token.feats.get("VerbForm") == "Inf":
            return True
        if token.pos not in {"ADV", "PRON", "PART"}:
            return False
    return False
