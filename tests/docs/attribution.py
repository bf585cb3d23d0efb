"""Writes ``docs/reference/attribution.md`` from the constructions and the lexicons.

``python -m tests.docs.attribution`` renews what is generated and keeps what stands
between marks: the figures, which ``--measure`` renews, and what people wrote about what
is missed.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml

from adapters.lexicons.seeds import shipped
from domain.attribution.lexicon import Lexicon
from domain.attribution.lexicon_entries import CueClass, CueVerb
from tests.docs.pages import DOCS, ROOT
from tests.support.seeds import SEEDS

PAGE = DOCS / "reference" / "attribution.md"
CONSTRUCTIONS = ROOT / "tests" / "domain" / "attribution" / "constructions"
LANGUAGES = {
    "fr": "French",
    "en": "English",
    "ru": "Russian",
    "uk": "Ukrainian",
    "ar": "Arabic",
}
KEPT = ("measured", "missed")
"""Stretches of the page that are not generated from constructions and lexicons."""
_PARAGRAPH = " ¶ "
_INTRODUCTION = """\
# Constructions and words

By which constructions the press reports what somebody said, each with an example about invented people, and by which words they are
found. [Attribution](../explanation/attribution.md) tells how; [the form of a lexicon](seeds.md#lexicons) what each file may hold.

This page is generated: `.venv/bin/python -m tests.docs.attribution`. The examples are the tests
(`tests/domain/attribution/constructions/`), so each of them works. French, English and Russian are parsed. Ukrainian and Arabic are a
lower tier: read by words alone, and trusted less.
"""
_FLAGS: dict[str, Callable[[CueVerb], bool]] = {
    "reports an infinitive": lambda verb: verb.infinitive,
    "reports a noun phrase": lambda verb: verb.object,
    "reports what it speaks of": lambda verb: verb.of,
    "reports a question": lambda verb: verb.question,
    "reports what the speaker is": lambda verb: verb.predicate,
    "has the addressee as object": lambda verb: verb.addresses,
    "turns the polarity": lambda verb: verb.negates,
    "needs a quotation or complementizer": lambda verb: verb.strict,
}


def generated(present: str) -> str:
    """Return the page, with what is kept of the page as it is."""
    parts = [
        _INTRODUCTION,
        "## Measured\n",
        _kept("measured", present),
        "## What is missed, and why\n",
        _kept("missed", present),
        "## Constructions\n",
        "Speaker, cue and words are what extraction must give; a dash stands for none, ¶ for a new paragraph.\n",
        *(_constructions(language) for language in _told(CONSTRUCTIONS, "*.yaml")),
        "## Words\n",
        *(_lexicon(language) for language in _told(shipped() / "lexicons", "*")),
    ]
    return "\n".join(parts)


def replaced(page: str, name: str, text: str) -> str:
    """Return a page with another text between the marks of a name."""
    begin, end = _marks(name)
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    return pattern.sub(lambda _: f"{begin}\n\n{text.strip()}\n\n{end}", page, count=1)


def _kept(name: str, present: str) -> str:
    begin, end = _marks(name)
    found = re.search(f"{re.escape(begin)}.*?{re.escape(end)}", present, re.DOTALL)
    return f"{found[0] if found else f'{begin}{chr(10)}{end}'}\n"


def _marks(name: str) -> tuple[str, str]:
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"


def _told(folder: Path, pattern: str) -> list[str]:
    """Return the languages that a folder has something of, in the order of the page."""
    there = {path.stem for path in folder.glob(pattern)}
    return [
        *(each for each in LANGUAGES if each in there),
        *sorted(there - {*LANGUAGES}),
    ]


def _constructions(language: str) -> str:
    table = (CONSTRUCTIONS / f"{language}.yaml").read_text(encoding="utf-8")
    rows = [
        (
            each["name"],
            each["text"].replace("\n", _PARAGRAPH),
            "; ".join(" · ".join(part or "–" for part in told) for told in each["told"])
            or "nothing",
        )
        for each in yaml.safe_load(table)
    ]
    heading = f"### {LANGUAGES.get(language, language)}, {len(rows)} constructions\n"
    return f"{heading}\n{_table(('construction', 'text', 'told'), rows)}\n"


def _lexicon(language: str) -> str:
    lexicon = SEEDS.lexicons[language]
    rows = [(name, _listed(words)) for name, words in _words(lexicon) if words]
    heading = f"### {LANGUAGES.get(language, language)}, words\n"
    return f"{heading}\n{_table(('what', 'words'), rows)}\n"


def _words(lexicon: Lexicon) -> Iterable[tuple[str, list[str]]]:
    """Yield the words of a lexicon, by what they are for."""
    grammar, roles, slots = lexicon.grammar, lexicon.roles, lexicon.slots
    for kind in CueClass:
        verbs = [_verb(verb) for verb in lexicon.verbs if verb.kind is kind]
        yield f"cue verb: {kind.value}", verbs
    for name, holds in _FLAGS.items():
        yield f"cue verb that {name}", [_verb(v) for v in lexicon.verbs if holds(v)]
    prepositions = [each for entry in lexicon.prepositions for each in entry.words]
    yield "preposition of a source", prepositions
    yield "complementizer", [*grammar.complementizers]
    yield "opens a dependent question", [*grammar.interrogatives]
    yield "verb before a verb of saying", [*grammar.light_verbs]
    yield "title before a name", [*grammar.titles]
    yield "role of a person", [*roles.persons]
    yield "speaks for others", [*roles.spokespersons]
    yield "body", sorted(roles.bodies)
    yield "thing that says something", [*roles.documents]
    yield "noun of saying", [*roles.sayings]
    yield "unnamed source", [*roles.unnamed]
    yield "addressee", [*slots.addressees]
    yield "medium", [*slots.media, *slots.outlets, *slots.networks]
    yield "marker of an occasion", [*slots.occasion_markers]
    for level in (3, 2, 1):
        modals = [m.lemma for m in lexicon.modals if m.commitment == level]
        yield f"modal, commitment {level}", modals
    yield "commits to nothing", [*lexicon.hedges.non_commitment]
    yield "leaves open", [*lexicon.hedges.possible]
    yield "opens a condition", [each.words for each in lexicon.conditions]
    for reason in dict.fromkeys(each.reason for each in lexicon.markers):
        marked = [each.words for each in lexicon.markers if each.reason == reason]
        yield f"not the article: {reason}", marked


def _verb(verb: CueVerb) -> str:
    light = " / ".join(verb.light)
    return " ".join(part for part in (light, verb.lemma, *verb.particles[:1]) if part)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(word.strip() for word in words))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
        for row in lines
    )


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs.attribution")
    parser.add_argument(
        "--measure", action="store_true", help="renew the figures too (a minute)"
    )
    arguments = parser.parse_args()
    page = generated(PAGE.read_text(encoding="utf-8") if PAGE.is_file() else "")
    if arguments.measure:
        from tests.docs.figures import figures  # noqa: PLC0415 (loads the models)

        page = replaced(page, "measured", figures())
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
