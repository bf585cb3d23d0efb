"""What is printed: tables that align, mistakes with their text, nothing held back."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.quality import __main__, mistakes, tables
from tests.quality.annotated import AnnotatedArticle, Extracted, Statement
from tests.quality.matching import match
from tests.quality.measuring import Measured, pooled

TEXT = "Mira Solen a dit que le port restera fermé. Tarek Mool : « Il rouvrira. »"
ARTICLE = AnnotatedArticle(
    id="harbour",
    language="fr",
    text=TEXT,
    statements=(
        Statement(
            content=((21, 42),), cue=(11, 16), speaker="Mira Solen", commitment=3
        ),
        Statement(content=((59, 70),), speaker="Tarek Mool", kind="direct"),
    ),
)
LOOSE = Extracted(content=((21, 38),), cue=(11, 16), speaker="Jan Korvel", rule="colon")


def measured(stem: str) -> Measured:
    """Return a file of gold in which one of two statements was found, and badly."""
    pairs = match(ARTICLE, [LOOSE])
    return Measured(Path(f"{stem}.jsonl"), "", [ARTICLE], pairs)


def test_columns_align_and_are_markdown() -> None:
    """The first column is set left, figures right; a rule says so."""
    assert tables.markdown(["", "n"], [["a", "10"], ["bcd", "2"]]).splitlines() == [
        "|     |  n |",
        "| --- | -: |",
        "| a   | 10 |",
        "| bcd |  2 |",
    ]


def test_all_is_said_of_a_file() -> None:
    """Articles, statements, tables by language and kind, and the rules' figures."""
    shown = tables.quality(measured("open"))
    assert "1 articles (fr 1), 2 statements" in shown
    assert "| direct " in shown
    assert "| fr " in shown
    assert "speaker" in shown
    assert "| colon " in tables.calibrated(measured("open").pairs)


def test_mistakes_show_words_and_both_answers() -> None:
    """Whoever works on a mistake sees what is annotated and what was found."""
    shown = mistakes.listed(measured("open").pairs)
    assert "wrong edge: harbour (fr)" in shown
    assert "  gold  le port restera fermé" in shown
    assert "  found le port restera f (colon)" in shown
    assert "wrong speaker" in shown
    assert "  found Jan Korvel" in shown
    assert "missed: harbour (fr)\n  gold  Tarek Mool | – | Il rouvrira" in shown


def test_what_is_held_back_is_never_listed() -> None:
    """Only the figures of the articles that nobody looks at are told."""
    held = measured("held")
    assert "held back" in tables.quality(held)
    assert pooled([held]) == []
    assert len(pooled([held, measured("open")])) == 2


@pytest.mark.slow
@pytest.mark.quality
def test_the_command_measures_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``python -m tests.quality FILE`` prints tables, and keeps what was found."""
    file, kept = tmp_path / "open.jsonl", tmp_path / "found.jsonl"
    file.write_text(ARTICLE.model_dump_json() + "\n", encoding="utf-8")
    arguments = ["quality", str(file), "--errors", "--keep", str(kept)]
    monkeypatch.setattr(sys, "argv", arguments)
    assert __main__.main() == 0
    assert "open.jsonl" in capsys.readouterr().out
    assert json.loads(kept.read_text(encoding="utf-8"))["id"] == "harbour"
    monkeypatch.setattr(sys, "argv", ["quality", str(tmp_path / "none")])
    assert __main__.main() == 2
    assert "no such file" in capsys.readouterr().err
