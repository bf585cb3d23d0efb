"""Inputs as they are named on the command line: files, folders, standard input."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from api.app import read_article
from api.commands.lanes import Input
from domain.errors import InvalidInputError, OnrecordError, UnreadableArticleError
from domain.services.capturing import ArticleMetadata

T = TypeVar("T")


def files_of(names: Iterable[str]) -> list[str]:
    """Return the names with each folder replaced by its texts, in order.

    One without texts stands for itself: reading it says what is wrong.
    """
    return [file for name in names for file in _texts_of(name)]


def _texts_of(name: str) -> list[str]:
    folder = Path(name)
    if not name or not folder.is_dir():
        return [name]
    return [str(path) for path in sorted(folder.glob("*.txt"))] or [name]


def read_input(name: str, told: ArticleMetadata) -> Input:
    """Read an input; an error is kept, so that the others go on."""
    try:
        refuse_url(name)
        if name and Path(name).is_dir():
            message = "is a folder without files that end in .txt"
            raise UnreadableArticleError(message)
        if _may_never_end(name):
            message = "is a named pipe or a socket, which may never end: name a file"
            raise UnreadableArticleError(message)
        return Input(name, read_article(name, told))
    except OnrecordError as error:
        return Input(name, error)


def _may_never_end(name: str) -> bool:
    """Tell a pipe that lies in a folder; one that a shell hands over is read."""
    try:
        mode = Path(name).lstat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def windows(inputs: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield inputs in order, a number at a time."""
    left = iter(inputs)
    while window := list(islice(left, size)):
        yield window


def refuse_url(name: str) -> None:
    """Refuse a URL: fetching is not built yet.

    Raises:
        InvalidInputError: the name is a URL.
    """
    if name.startswith(("http://", "https://")):
        message = "fetching is not supported yet: save the text to a file and add --url"
        raise InvalidInputError(message)
