"""Bytes to the text of an article, unaltered; what is no text is refused.

The text is kept verbatim: line ends, spaces and marks as they came. How it was
decoded is recorded. Encodings are tried in the order: byte order mark, UTF-8,
Windows-1252 (a superset of Latin-1 in print), the last only if no byte is undefined
and the whole is not UTF-8 that was cut or damaged.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from domain.errors import UnreadableArticleError
from domain.model.article import Capture

LONGEST = 1_000_000
"""Code points of a text; a longer one is not an article."""
LONGEST_BYTES = 4 * LONGEST
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENCODED_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_ALLOWED_CONTROLS = frozenset("\n\r\t\f\v\x85\x1c\x1d\x1e\x1f")


def read_path(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UnreadableArticleError: no such file, a folder, unreadable, or too large.
    """
    try:
        if path.is_dir():
            message = "is a folder: name the files in it"
            raise UnreadableArticleError(message)
        with path.open("rb") as file:
            raw = file.read(LONGEST_BYTES + 1)  # a device or pipe may never end
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot be read: {reason}"
        raise UnreadableArticleError(message) from error
    except ValueError as error:
        message = "cannot be read: that is no name of a file"
        raise UnreadableArticleError(message) from error
    if len(raw) > LONGEST_BYTES:
        raise _too_long()
    return raw


def read_text(raw: bytes, *, media_type: str = "text/plain") -> tuple[str, Capture]:
    """Return the text in some bytes, and how it was read.

    Raises:
        UnreadableArticleError: empty, binary, too long, or in no known encoding.
    """
    if len(raw) > LONGEST_BYTES:
        raise _too_long()
    text, encoding, repairs = _decode(raw)
    check_text(text)
    return text, Capture(
        media_type=media_type,
        encoding=encoding,
        byte_length=len(raw),
        repairs=repairs,
    )


def check_text(text: str) -> None:
    """Make sure that a text can be an article.

    Raises:
        UnreadableArticleError: it cannot, and why.
    """
    if "\x00" in text:
        message = "has NUL characters: it is binary, or UTF-16 without its mark"
    elif _has_surrogates(text):
        message = "has lone surrogates: decode it again, it is no Unicode text"
    elif len(text) > LONGEST:
        raise _too_long()
    elif text.startswith("\ufeff"):
        message = "begins with a byte order mark: take it off, it is no part of a text"
    elif _controls(text) > max(2, len(text) // 100):
        message = "is binary, not text: convert it to plain text first"
    elif not any(c.isprintable() and not c.isspace() for c in text):
        message = "is empty: there is no text in it"
    else:
        return
    raise UnreadableArticleError(message)


def _decode(raw: bytes) -> tuple[str, str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                text = raw[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                message = f"is marked as {encoding} and breaks it at byte {error.start}"
                raise UnreadableArticleError(message) from error
            return text, encoding, ("byte order mark removed",)
    try:
        return raw.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as error:
        if _is_broken_utf8(raw):
            message = (
                f"is not UTF-8 (byte {error.start}), though most of it is: "
                "it was cut or damaged"
            )
            raise UnreadableArticleError(message) from error
        if b"\x00" not in raw and _is_western(raw):
            return raw.decode("cp1252"), "cp1252", ()
        message = (
            f"is not UTF-8 (byte {error.start}) nor Windows-1252: "
            "convert it with iconv -t UTF-8"
        )
        raise UnreadableArticleError(message) from error


def _is_broken_utf8(raw: bytes) -> bool:
    """Tell whether most of what is not ASCII is UTF-8: then nothing else is meant."""
    if _ENCODED_SURROGATE.search(raw):
        return True
    text = raw.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(not c.isascii() for c in text) >= 2 * broken


def _is_western(raw: bytes) -> bool:
    """Tell whether bytes are plausible Windows-1252: mostly letters, few odd signs."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return False
    high = [c for c in text if not c.isascii()]
    letters = sum(c.isalpha() or c in "«»“”’‘–—…€°\u00a0" for c in high)
    return letters >= 0.9 * len(high) and len(high) < len(text) / 4


def _has_surrogates(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _controls(text: str) -> int:
    return sum(
        1
        for c in text
        if (c < " " or "\x7f" <= c < "\xa0") and c not in _ALLOWED_CONTROLS
    )


def _too_long() -> UnreadableArticleError:
    return UnreadableArticleError(
        f"is longer than an article ({LONGEST} characters): split it"
    )
