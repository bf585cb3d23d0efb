"""Annotated articles are read strictly where it counts, and leniently where not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.quality.annotated import GoldError, files_of, read_file


def line(**more: Any) -> str:
    """Return an article of one statement as a line."""
    article = {
        "id": "a",
        "text": "Le port rouvre.",
        "statements": [{"content": [[0, 7]]}],
    }
    return json.dumps(article | more)


def written(folder: Path, *lines: str) -> Path:
    """Write a file of gold."""
    file = folder / "open.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_what_is_left_out_is_null_and_remarks_are_left_alone(tmp_path: Path) -> None:
    """A statement needs its content only; fields of others do no harm."""
    (article,) = read_file(written(tmp_path, line(remark="seen twice"), ""))
    (statement,) = article.statements
    assert statement.content == ((0, 7),)
    assert statement.speaker is None
    assert statement.conditions == ()


def test_a_separator_that_is_no_line_feed_ends_no_line(tmp_path: Path) -> None:
    """A text may hold any separator of Unicode."""
    text = "Le port\u2028rouvre."
    raw = json.dumps(json.loads(line(text=text)), ensure_ascii=False)
    (article,) = read_file(written(tmp_path, raw))
    assert article.text == text


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["{"], "open.jsonl:1: no JSON at column 2"),
        ([line(), line()], "open.jsonl:2: the id 'a' stands twice"),
        ([line(statements=[{"content": []}])], "1: statements.0.content"),
        ([line(statements=[{"content": [[3, 99]]}])], "no place in the text"),
        ([line(boilerplate=[[5, 5]])], "no place in the text"),
        ([line(statements=[{"content": [[0, 1]], "commitment": 4}])], "commitment"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, lines: list[str], told: str) -> None:
    """The message says which line of which file, and what is wrong."""
    with pytest.raises(GoldError) as caught:
        read_file(written(tmp_path, *lines))
    assert told in str(caught.value)


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    """A folder is read whole, what is held back last; nothing to read is an error, not a perfect score."""
    with pytest.raises(GoldError):
        files_of(tmp_path)
    with pytest.raises(GoldError):
        files_of(tmp_path / "none.jsonl")
    files = [tmp_path / "open.jsonl", tmp_path / "held.jsonl"]
    for file in files:
        file.touch()
    assert files_of(tmp_path) == files
