"""Where the clause of a cue begins, and whether the cue stands in an inserted clause.

A later cue ends what an earlier one reports if it is coordinated with it: after a
coordinator or contrast, with a pronoun or elided subject, as a gerund after a comma,
or as an inserted clause. Otherwise it stands inside the report and is no cue.
"""

from __future__ import annotations

from domain.attribution.cues import Cue
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.parsing import Token

COMMAS = frozenset({",", "—", "–", "-", ";", "("})


def word(line: Line, index: int) -> str:
    """Return a token in lower case, or nothing outside the line."""
    return line.tokens[index].text.lower() if 0 <= index < len(line.tokens) else ""


def subject_of(line: Line, cue: Cue) -> Token | None:
    """Return the head of the subject that the parser gives to a cue, if any."""
    group = line.tokens[cue.first : cue.last + 1]
    verbs = [t for t in group if t.lemma.lower() == cue.verb.lemma] or [group[-1]]
    for child in line.parsed.children(verbs[-1]):
        if child.dep.startswith("nsubj") and not cue.first <= child.index <= cue.last:
            reported = child.index in line.quoted or _is_reported(line, cue, child)
            return None if reported else child
    return None


def _is_reported(line: Line, cue: Cue, subject: Token) -> bool:
    """Tell whether a subject before the cue has a verb of its own ("X dort, a dit Y").

    A parser may give the subject of the reported clause to the cue.
    """
    if word(line, cue.first - 1) != "," or not word(line, cue.last + 1):
        return False
    between = line.tokens[subject.index + 1 : cue.first]
    if any(t.feats.get("PronType") == "Rel" for t in between):
        return False
    follows = line.tokens[cue.last + 1].pos in {"DET", "NOUN", "PROPN"}
    return follows and any(t.feats.get("VerbForm") == "Fin" for t in between)


def is_inserted(line: Line, cue: Cue, lexicon: Lexicon) -> bool:
    """Tell whether the cue reports what stands before it ("…, a dit X")."""
    before = cue.first - 1
    if cue.gerund or before < line.sentence_of(cue.first).first:
        return False
    closes = before in line.quoted and cue.first not in line.quoted
    if not (closes or word(line, before) in COMMAS or word(line, before) in "?!…"):
        return False
    if cue.inverted is not None:
        return True
    subject = subject_of(line, cue)
    if subject is not None:
        return subject.index > cue.last
    return closes or _noun_follows(line, cue, lexicon)


def _noun_follows(line: Line, cue: Cue, lexicon: Lexicon) -> bool:
    """Tell whether a noun phrase without complementizer follows the verb."""
    at = cue.last + 1
    while word(line, at) and line.tokens[at].pos == "ADV":
        at += 1
    if not word(line, at) or at in line.quoted:
        return False
    return line.tokens[at].pos in {"DET", "NOUN", "PROPN"} and not cue.verb.object


def clause_start(line: Line, cue: Cue, lexicon: Lexicon) -> int | None:
    """Return where the clause of a coordinated cue begins, None if it is not one."""
    at = cue.first
    if is_inserted(line, cue, lexicon):
        return at - 1 if word(line, at - 1) in COMMAS else at
    if cue.gerund:
        while word(line, at - 1) in lexicon.grammar.gerund_particles:
            at -= 1
        return _opening(line, at, lexicon, bare_comma=True)
    if word(line, at - 1) in lexicon.grammar.subject_pronouns:
        return _opening(line, at - 1, lexicon, bare_comma=True)
    subject = subject_of(line, cue)
    if subject is not None and subject.index < at:
        first = line.parsed.subtree(subject)[0].index
        return _opening(line, first, lexicon, bare_comma=False)
    return _opening(line, at, lexicon, bare_comma=False)


def _opening(line: Line, at: int, lexicon: Lexicon, *, bare_comma: bool) -> int | None:
    """Return the index of what opens a coordinated clause at ``at``, commas included."""
    grammar = lexicon.grammar
    before = word(line, at - 1)
    two = f"{word(line, at - 2)} {before}"
    if two in grammar.contrasts:
        at -= 2
    elif before in grammar.coordinators or before in grammar.contrasts or before == ";":
        at -= 1
    elif not (bare_comma and before == ","):
        return None
    return at - 1 if word(line, at - 1) == "," else at
