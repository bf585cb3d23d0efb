"""Figures as tables in Markdown, their columns aligned to be read on a terminal too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.model.review import DATE_BELOW, SPEAKER_BELOW, WORDS_BELOW
from tests.quality import calibration
from tests.quality.calibration import Judgement
from tests.quality.matching import Pair
from tests.quality.measuring import Measured
from tests.quality.scoring import Rate, Scores, Share, boilerplate, score

KINDS = ("direct", "mixed", "indirect")
_HEADS = {
    "on_behalf_of": "behalf",
    "spoken_at": "date",
    "commitment": "commit",
    "resolution": "resolved",
    "conditions": "condition",
}
"""Short heads of columns; the others are the names of the measures."""
Rows = Sequence[Sequence[str]]


def markdown(head: Sequence[str], rows: Rows) -> str:
    """Return a table; the first column is text, the others are figures."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(
        "| "
        + " | ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in (head, rule, *rows)
    )


def percent(value: float | None) -> str:
    """Return a share in percent, a dash for none."""
    return "–" if value is None else f"{100 * value:.1f}"


def words_table(groups: Mapping[str, Scores]) -> str:
    """Return how well the words are found: precision, recall and F1 of each level."""
    levels = list(next(iter(groups.values())).words)
    head = [
        "",
        "gold",
        "found",
        *(f"{lv} {m}" for lv in levels for m in ("P", "R", "F1")),
    ]
    return markdown(
        head,
        [
            [name, str(scores.gold), str(scores.found)]
            + [cell for rate in scores.words.values() for cell in _rate(rate)]
            for name, scores in groups.items()
        ],
    )


def attributes_table(groups: Mapping[str, Scores]) -> str:
    """Return how well statements are judged: shares that are right, F1 of slots."""
    first = next(iter(groups.values()))
    names = [*first.attributes, *first.slots]
    return markdown(
        ["", "pairs", *(_HEADS.get(name, name) for name in names)],
        [
            [name, str(scores.compared)]
            + [percent(share.value) for share in scores.attributes.values()]
            + [percent(rate.f1) for rate in scores.slots.values()]
            for name, scores in groups.items()
        ],
    )


def by_language(measured: Measured) -> dict[str, Scores]:
    """Return the figures of each language, and of all where there are several."""
    groups = measured.scores()
    return groups if len(groups) == 1 else {**groups, "all": score(measured.pairs)}


def by_kind(pairs: Sequence[Pair]) -> dict[str, Scores]:
    """Return the figures of each kind."""
    return {kind: score(pairs, kind) for kind in KINDS}


def quality(measured: Measured) -> str:
    """Return all tables of one file of gold."""
    refused = sorted(set(measured.refused.values()))
    statements = sum(len(each.statements) for each in measured.articles)
    languages = [
        f"{language} {sum(a.language == language for a in measured.articles)}"
        for language in measured.languages
    ]
    held = " (held back: figures only)" if measured.is_held else ""
    parts = [
        f"## {measured.file.name}{held}",
        _size(len(measured.articles), languages, statements),
        *(f"Refused: {reason}." for reason in refused),
    ]
    if not measured.articles:
        return "\n\n".join(parts)
    for title, groups in (
        ("language", by_language(measured)),
        ("kind", by_kind(measured.pairs)),
    ):
        parts += [f"### By {title}", words_table(groups), attributes_table(groups)]
    precision, recall, f1 = _rate(boilerplate(measured.marked))
    parts.append(f"Boilerplate: precision {precision}, recall {recall}, F1 {f1}.")
    return "\n\n".join(parts)


def _size(articles: int, languages: Sequence[str], statements: int) -> str:
    spread = ", ".join(languages)
    return f"{articles} articles ({spread}), {statements} statements. In percent."


def calibrated(pairs: Sequence[Pair]) -> str:
    """Return how often each rule is right, and what confidence is worth."""
    words = calibration.words(pairs)
    speakers = calibration.speakers(pairs)
    dates = calibration.dates(pairs)
    return "\n\n".join(
        [
            "## Rules and their confidence",
            "Exact words, by the rule that found them:",
            _rules("rule", calibration.shares(words)),
            "Right speaker, by how the source names it:",
            _rules("resolution", calibration.shares(speakers, lambda each: each.group)),
            "Right speaker, by rule:",
            _rules("rule", calibration.shares(speakers)),
            "Right date, by what it rests on:",
            _rules("basis", calibration.shares(dates)),
            "Confidence that was claimed, and the share that was right:",
            _bins({"words": words, "speaker": speakers, "date": dates}),
            "How often what is marked for review is wrong, and what is not marked:",
            _reviewed(
                ("words", words, WORDS_BELOW),
                ("speaker", speakers, SPEAKER_BELOW),
                ("date", dates, DATE_BELOW),
            ),
        ]
    )


def _rules(head: str, shares: Mapping[str, Share]) -> str:
    return markdown(
        [head, "n", "right", "smoothed"],
        [
            [name, str(s.of), percent(s.value), f"{calibration.smoothed(s):.2f}"]
            for name, s in shares.items()
        ],
    )


def _bins(judged: Mapping[str, Sequence[Judgement]]) -> str:
    rows: list[list[str]] = []
    for name, judgements in judged.items():
        rows += [
            [
                f"{name}, from {each.start:.2f}",
                str(each.share.of),
                f"{each.claimed:.2f}",
                f"{each.share.value:.2f}",
            ]
            for each in calibration.reliability(judgements)
        ]
        apart = calibration.error(judgements)
        if apart is not None:
            rows.append(
                [f"{name}, mean distance", str(len(judgements)), "", f"{apart:.2f}"]
            )
    return markdown(["confidence", "n", "claimed", "right"], rows)


def _reviewed(*judged: tuple[str, Sequence[Judgement], float]) -> str:
    """Return how often judgements below and from their threshold on are wrong."""
    rows: list[list[str]] = []
    for name, judgements, below in judged:
        sides = (
            [each for each in judgements if each.confidence < below],
            [each for each in judgements if each.confidence >= below],
        )
        wrong = (Share(sum(not e.is_right for e in side), len(side)) for side in sides)
        cells = [cell for s in wrong for cell in (str(s.of), percent(s.value))]
        rows.append([f"{name}, below {below:.2f}", *cells])
    heads = ["judgement", "marked", "of these wrong", "not marked", "of these wrong"]
    return markdown(heads, rows)


def _rate(rate: Rate) -> tuple[str, str, str]:
    return (
        percent(rate.precision.value),
        percent(rate.recall.value),
        percent(rate.f1),
    )
