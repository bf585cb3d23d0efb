"""Inputs as they are named: what may never end is refused, the others are read."""

from __future__ import annotations

import os
from pathlib import Path

from api.commands.inputs import files_of, read_input
from domain.errors import UnreadableArticleError
from domain.services.capturing import ArticleMetadata


def test_a_pipe_that_lies_in_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    """Nobody may ever write to it; the files beside it are read."""
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("Rien à dire.", encoding="utf-8")
    pipe, text = files_of([str(tmp_path)])
    refused = read_input(pipe, ArticleMetadata(language="fr")).read
    assert isinstance(refused, UnreadableArticleError)
    assert "named pipe" in str(refused)
    found = read_input(text, ArticleMetadata(language="fr")).read
    assert not isinstance(found, Exception)


def test_a_pipe_that_a_shell_hands_over_is_read(tmp_path: Path) -> None:
    """``onrecord ingest <(fetch)`` names it by a link to what is open already."""
    reading, writing = os.pipe()
    os.write(writing, "Rien à dire.".encode())
    os.close(writing)
    found = read_input(f"/dev/fd/{reading}", ArticleMetadata(language="fr")).read
    os.close(reading)
    assert not isinstance(found, Exception)
