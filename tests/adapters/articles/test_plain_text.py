"""Bytes become the text of an article unaltered, or are refused with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.articles.plain_text import (
    LONGEST,
    LONGEST_BYTES,
    check_text,
    read_path,
    read_text,
)
from domain.errors import UnreadableArticleError

STORY = "Mira Solen a déclaré : « Le port restera fermé ; c’est décidé. »\n"
RUSSIAN = "Мира Солен заявила, что порт останется закрытым.\n"


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        (STORY.encode(), STORY, "utf-8"),
        (b"\xef\xbb\xbf" + STORY.encode(), STORY, "utf-8"),
        (b"\xff\xfe" + STORY.encode("utf-16-le"), STORY, "utf-16-le"),
        (b"\xfe\xff" + RUSSIAN.encode("utf-16-be"), RUSSIAN, "utf-16-be"),
        (STORY.encode("cp1252"), STORY, "cp1252"),
        (STORY.replace("’", "'").encode("latin-1"), STORY.replace("’", "'"), "cp1252"),
        (b"plain", "plain", "utf-8"),
        (RUSSIAN.encode(), RUSSIAN, "utf-8"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(
    raw: bytes, text: str, encoding: str
) -> None:
    """A mark tells it, else UTF-8 is tried, then Windows-1252; what was done is told."""
    read, how = read_text(raw)
    assert read == text
    assert (how.encoding, how.byte_length) == (encoding, len(raw))
    marked = raw[:2] in {b"\xef\xbb", b"\xff\xfe", b"\xfe\xff"}
    assert how.repairs == (("byte order mark removed",) if marked else ())


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nb\rc\n\nd",
        "« non »\u202f: 80\u00a0%",
        "e\u0301 n'est pas é",
        "  spaces at both ends \t\n",
        "a\u200bb\u00adc\u200e",
        "𝔘 🙂 مرحبا",
        "a\u2028b\u2029c\x85d\x0ce",
        "no line end",
        "a\ufeffb",
        "\ufffd is a character too",
    ],
)
def test_a_text_is_kept_verbatim(text: str) -> None:
    """Line ends, spaces, marks and hidden characters stay as they came."""
    assert read_text(text.encode())[0] == text


BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "is empty"),
    "spaces": (b" \r\n\t \x0c", "is empty"),
    "spaces that do not break": ("\u00a0\u202f\u3000".encode(), "is empty"),
    "characters that do not show": ("\u200b\u2060\u00ad".encode(), "is empty"),
    "a mark alone": (b"\xef\xbb\xbf", "is empty"),
    "a mark of UTF-16 alone": (b"\xff\xfe", "is empty"),
    "two marks": (b"\xef\xbb\xbf" * 2 + b"text", "byte order mark"),
    "a NUL": (b"text\0text", "NUL"),
    "UTF-16 without its mark": ("Le port rouvre.".encode("utf-16-le"), "NUL"),
    "big-endian UTF-16 without its mark": (
        "Le port rouvre.".encode("utf-16-be"),
        "NUL",
    ),
    "such UTF-16 with other letters": (
        STORY.encode("utf-16-le"),
        "not UTF-8 (byte 28)",
    ),
    "UTF-32": (STORY.encode("utf-32"), "NUL"),
    "half a character of UTF-16": (
        b"\xff\xfe" + STORY.encode("utf-16-le")[:-1],
        "marked as utf-16-le",
    ),
    "a lone surrogate of UTF-16": (
        b"\xff\xfea\0\x00\xd8b\0",
        "marked as utf-16-le and breaks it at byte 2",
    ),
    "a lone surrogate of UTF-8": (b"text \xed\xa0\x80 text", "not UTF-8 (byte 5)"),
    "a surrogate pair of UTF-8": (
        b"text \xed\xa0\xbd\xed\xb9\x82 text",
        "not UTF-8 (byte 5)",
    ),
    "UTF-8 cut in a character": (
        ("à la fenêtre, " * 9).encode()[:-10] + b"\xc3",
        "cut or damaged",
    ),
    "UTF-8 with a byte lost": (
        STORY.encode().replace(b"\xc3\xa9", b"\xa9", 1),
        "cut or damaged",
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not UTF-8"),
    "a program": (b"\x7fELF\x02\x01\x01" + bytes(9), "NUL"),
    "an archive": (b"PK\x03\x04\x14\x03\x08\x05\x07\x0f\x10\x11", "binary"),
    "noise": (bytes(range(128, 256)) * 4, "not UTF-8"),
    "Russian of old": (RUSSIAN.encode("cp1251"), "not UTF-8 (byte 0) nor Windows-1252"),
    "Russian of older": (RUSSIAN.encode("koi8-r"), "nor Windows-1252"),
    "Japanese of old": ("港は閉鎖されたままです。".encode("shift-jis"), "not UTF-8"),
    "bytes that no page has": (b"caf\x81 au port", "not UTF-8 (byte 3)"),
    "control characters alone": (bytes(range(1, 32)) * 9, "binary"),
    "control characters": (b"\x01\x02\x03\x04\x05\x06text", "binary"),
    "a line of ten million bytes": (b"x" * 10_000_000, "longer than an article"),
    "a text of a million and one": (
        ("é" * (LONGEST + 1)).encode(),
        "longer than an article",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_text_is_refused_with_a_reason(case: str) -> None:
    """Nothing is guessed into a text that was not one."""
    raw, reason = BAD[case]
    with pytest.raises(UnreadableArticleError) as caught:
        read_text(raw)
    assert reason in str(caught.value)


def test_the_longest_text_is_an_article() -> None:
    """The bound is that of the text, whatever its encoding."""
    assert len(read_text(("é" * LONGEST).encode())[0]) == LONGEST


@pytest.mark.parametrize("text", ["a\ud800b", "\udfff"])
def test_a_text_with_lone_surrogates_is_refused(text: str) -> None:
    """Who hands in text and not bytes may hand in what is no Unicode."""
    with pytest.raises(UnreadableArticleError, match="lone surrogates"):
        check_text(text)


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=200))
@example("\ufefftext")
@example("\ufffetext")
@example("ÿþtext")
@example("þÿ")
def test_a_text_that_is_accepted_comes_back_from_its_bytes(text: str) -> None:
    """Handed in as text or as bytes, it is the same article."""
    try:
        check_text(text)
    except UnreadableArticleError:
        return
    read, how = read_text(text.encode())
    assert read == text
    assert how.encoding == "utf-8"


@pytest.mark.slow
@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=60).map(lambda t: t.encode("utf-16"))
    )
)
def test_any_bytes_are_a_text_or_one_named_error(raw: bytes) -> None:
    """What was read can be read again, and is something to read."""
    try:
        text, how = read_text(raw)
    except UnreadableArticleError:
        return
    assert text.strip()
    assert text.encode(how.encoding) == raw[len(raw) - len(text.encode(how.encoding)) :]
    assert read_text(text.encode())[0] == text


# --- files ----------------------------------------------------------------------------


def test_the_bytes_of_a_file_are_given_as_they_are(tmp_path: Path) -> None:
    """Nothing is translated on the way from the disk."""
    path = tmp_path / "été « 1 ».txt"
    path.write_bytes(b"a\r\nb\x1a\xff")
    assert read_path(path) == b"a\r\nb\x1a\xff"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """It is told to name the files in it."""
    with pytest.raises(
        UnreadableArticleError, match="is a folder: name the files in it"
    ):
        read_path(tmp_path)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.txt", "no such file"),
        ("story.txt/part.txt", "not a directory"),
        ("loop.txt", "too many levels"),
        ("x" * 300, "name too long"),
        ("a\0b", "no name of a file"),
    ],
)
def test_a_path_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, reason: str
) -> None:
    """The reason is that of the system, in one line."""
    (tmp_path / "story.txt").write_text("story")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    with pytest.raises(UnreadableArticleError, match=f"cannot be read: .*{reason}"):
        read_path(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    """Permission is told as the reason."""
    path = tmp_path / "secret.txt"
    path.write_text("story")
    path.chmod(0)
    with pytest.raises(UnreadableArticleError, match="permission denied"):
        read_path(path)


def test_a_file_that_is_too_long_is_refused_unread(tmp_path: Path) -> None:
    """No more than an article may have is read, from a device without end too."""
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(LONGEST_BYTES + 1)
    for each in (path, Path("/dev/zero")):
        with pytest.raises(UnreadableArticleError, match="longer than an article"):
            read_path(each)
