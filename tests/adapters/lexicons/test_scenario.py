"""A scenario is read by its words and names, or refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.lexicons.scenario import read_scenario
from domain.decisions.commands import WithdrawStatement
from domain.errors import InvalidSeedError
from domain.model.ids import article_id, statement_id
from domain.model.span import Span
from domain.services.import_format import ImportedArticle

GOOD = """\
topic: harbour-treaty
steps:
  - article: vigie
    language: fr
    text: « Le port ouvrira », a dit Vesna Orlin.
    statements:
      - name: opens
        words: Le port ouvrira
        cue: a dit
        readings: [{question: open-the-harbour, commitment: 3}]
  - {do: withdraw, statement: "@opens", reason: a hoax}
"""


def written(folder: Path, text: str) -> Path:
    """Write a scenario of one file."""
    (folder / "1.yaml").write_text(text, encoding="utf-8")
    return folder


def test_words_become_spans_and_names_become_ids(tmp_path: Path) -> None:
    """What import and decisions take is made of what a person can read."""
    article, decision = read_scenario(written(tmp_path, GOOD))
    assert isinstance(article, ImportedArticle)
    assert isinstance(decision, WithdrawStatement)
    (statement,) = article.statements
    assert (statement.content, statement.cue) == (((2, 17),), (21, 26))
    assert statement.readings[0].topic == "harbour-treaty"
    told = statement_id(article_id(article.text), [Span(2, 17)])
    assert decision.statement == told


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("words: Le port ouvrira", "words: La mer", 3, "once in the text, got 0"),
        ("cue: a dit", "cue: r", 3, "once in the text, got 4"),
        ('"@opens"', '"@closes"', 11, "no statement '@closes' before this step"),
        ("do: withdraw", "do: forget", 11, "do"),
        ("commitment: 3", "commitment: 7", 3, "should be at most 3"),
        ("    language: fr\n", "", 3, "language: is missing"),
        ("name: opens", "title: opens", 3, "name: is missing"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    """The error names the file, the line, and what is wrong there."""
    with pytest.raises(InvalidSeedError) as refused:
        read_scenario(written(tmp_path, GOOD.replace(old, new)))
    assert refused.value.line == line
    assert reason in str(refused.value)


def test_a_name_is_given_once(tmp_path: Path) -> None:
    """Across all files of a folder."""
    (tmp_path / "2.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InvalidSeedError, match="two statements have the name 'opens'"):
        read_scenario(written(tmp_path, GOOD))
