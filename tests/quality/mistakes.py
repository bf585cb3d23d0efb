"""Mistakes with their text, so that the next person can work on them.

One line says what is wrong and in which article; the lines below show what is annotated
(``gold``) and what was found. Articles that are held back are never shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.quality.annotated import Place, Statement
from tests.quality.matching import CLOSE, Agreement, Pair, offsets
from tests.quality.scoring import ATTRIBUTES, SLOTS

JOINT = " […] "
"""Between the parts of words that stand in several places."""
_PLACED = {"cue", *SLOTS}


def listed(pairs: Sequence[Pair]) -> str:
    """Return the mistakes among some pairs, after a count of each sort."""
    found = [mistake for pair in pairs for mistake in mistakes(pair)]
    counts = Counter(what for what, _ in found)
    return "\n".join(
        [
            "## Mistakes",
            "",
            ", ".join(f"{what} {n}" for what, n in counts.most_common()) or "none",
            *(text for _, text in found),
        ]
    )


def mistakes(pair: Pair) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a pair: its sort and its text."""
    gold, found = pair.gold, pair.found
    if gold is None or found is None or not pair.is_same:
        if gold is not None:
            yield _told("missed", pair, gold=_whole(pair, gold))
        if found is not None:
            whole = f"{_whole(pair, found)} ({found.rule})"
            yield _told("spurious", pair, found=whole)
        return
    if pair.agreement is not None and not pair.agreement.exact:
        yield _told(
            _degree(pair.agreement),
            pair,
            gold=_words(pair, gold.content),
            found=f"{_words(pair, found.content)} ({found.rule})",
        )
    yield from _attributes(pair, gold, found)


def _attributes(
    pair: Pair, gold: Statement, found: Statement
) -> Iterator[tuple[str, str]]:
    """Yield the attributes that are wrong, each with the words that it is told of."""
    about = _words(pair, gold.content)
    for name, agree in ATTRIBUTES.items():
        if not agree(gold, found):
            yield _told(
                f"wrong {name}",
                pair,
                about=about,
                gold=_value(pair, gold, name),
                found=_value(pair, found, name),
            )
    for name, places in SLOTS.items():
        wanted, got = places(gold), places(found)
        if (wanted or got) and not offsets(wanted) & offsets(got):
            yield _told(
                f"wrong {name}",
                pair,
                about=about,
                gold=_value(pair, gold, name),
                found=_value(pair, found, name),
            )


def _degree(agreement: Agreement) -> str:
    return "wrong edge" if agreement.overlap >= CLOSE else "wrong words"


def _told(what: str, pair: Pair, **shown: str) -> tuple[str, str]:
    lines = [f"\n{what}: {pair.article.id} ({pair.article.language})"]
    lines += [f"  {name:<6}{text}" for name, text in shown.items()]
    return what, "\n".join(lines)


def _whole(pair: Pair, statement: Statement) -> str:
    cue = _words(pair, (statement.cue,) if statement.cue else ())
    words = _words(pair, statement.content)
    return f"{statement.speaker} | {cue} | {words}"


def _value(pair: Pair, statement: Statement, name: str) -> str:
    value = getattr(statement, name)
    if name in _PLACED:
        places = (value,) if name != "conditions" and value else value or ()
        return _words(pair, places)
    return str(value)


def _words(pair: Pair, places: Sequence[Place]) -> str:
    """Return the words of some places on one line, a dash for none."""
    text = JOINT.join(pair.article.text[start:end] for start, end in places)
    return " ".join(text.split()) or "–"
