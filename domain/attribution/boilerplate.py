"""What of a captured text is not the article: marked with a reason, never deleted.

Rules, by line
1. ``other_script``: most letters belong to another script than those of the article.
2. A marker of the language opens a short line. If nothing that reads like the
   article follows, everything from there on is marked too; otherwise the line alone.
3. After a cut, all lines are marked: a headline of another article proves nothing.
4. Where blank lines part the paragraphs, a marker takes its whole block: the lines
   that follow it without a blank line.

Being in another language alone marks nothing: it was measured to be wrong as often
as right. A line that is marked can be restored by whoever reviews it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from domain.attribution.lexicon_entries import Marker
from domain.model.article import Marked
from domain.model.span import Span

SHORT = 160
"""Code points of a line that a marker may open."""
LINE = 80
"""Code points from which a line that ends like a sentence is no marker."""
PARAGRAPH = 120
"""Code points from which a line that ends like a sentence reads like the article."""


def lines_of(text: str) -> list[Span]:
    """Return the lines that hold anything but spaces, trimmed."""
    found: list[Span] = []
    start = 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            first = start + len(raw) - len(raw.lstrip())
            found.append(Span(first, first + len(stripped)))
        start += len(raw)
    return found


def mark(text: str, markers: Sequence[Marker]) -> list[Marked]:
    """Return the stretches that are not the article, adjacent ones joined."""
    lines = lines_of(text)
    main = _main_script(text, lines)
    marked: list[Marked] = []
    cut: str | None = None
    block: str | None = None
    follows = _blocks(text, lines)
    last = _last_paragraph(text, lines, main)
    for number, line in enumerate(lines):
        words = line.words(text)
        found = _marker(words, markers)
        block = block if follows[number] else None
        if cut is not None:
            reason, confidence = cut, 0.8
        elif block is not None:
            reason, confidence = block, 0.85
        elif _script(words) not in (main, None):
            reason, confidence = "other_script", 0.95
        elif found is not None:
            reason, confidence = found.reason, 0.95
            block = found.reason
            if found.cuts and number >= last:
                cut = "after_marker"
        else:
            continue
        marked.append(
            Marked(start=line.start, end=line.end, reason=reason, confidence=confidence)
        )
    return _joined(text, marked)


def _blocks(text: str, lines: Sequence[Span]) -> list[bool]:
    """Tell for each line whether it follows the one before it within a block.

    Only in a text that parts most of its lines by blank ones.
    """
    gaps = [text[a.end : b.start].count("\n") for a, b in pairwise(lines)]
    parted = sum(gap > 1 for gap in gaps) * 2 > len(gaps)
    return [False, *(parted and gap == 1 for gap in gaps)]


def _marker(words: str, markers: Sequence[Marker]) -> Marker | None:
    if len(words) >= SHORT or (len(words) >= LINE and _is_sentence(words)):
        return None
    folded = " ".join(words.casefold().split())
    return next((m for m in markers if _opens(folded, m.words.casefold())), None)


def _opens(line: str, words: str) -> bool:
    """Tell whether a line opens with words; with those that end in ``$``, is them."""
    if words.endswith("$"):
        return line.rstrip(" :") == words[:-1]
    return line.startswith(words)


def _last_paragraph(text: str, lines: Sequence[Span], main: str | None) -> int:
    """Return the number of the last line that reads like the article, -1 if none."""
    for number in range(len(lines) - 1, -1, -1):
        words = lines[number].words(text)
        if len(words) >= PARAGRAPH and _is_sentence(words) and _script(words) == main:
            return number
    return -1


def _is_sentence(words: str) -> bool:
    return words.rstrip('»”" ').endswith((".", "!", "?", "…"))


def _joined(text: str, marked: list[Marked]) -> list[Marked]:
    """Join neighbours with nothing but spaces between; the first reason stands."""
    joined: list[Marked] = []
    for each in marked:
        if joined and not text[joined[-1].end : each.start].strip():
            last = joined.pop()
            low = min(last.confidence, each.confidence)
            joined.append(last.model_copy(update={"end": each.end, "confidence": low}))
        else:
            joined.append(each)
    return joined


def _main_script(text: str, lines: Sequence[Span]) -> str | None:
    """Return the script of the first lines that make up a third of the text."""
    letters: Counter[str] = Counter()
    seen, wanted = 0, len(text) / 3
    for line in lines:
        if (script := _script(line.words(text))) is not None:
            letters[script] += line.end - line.start
        seen += line.end - line.start
        if seen >= wanted:
            break
    return letters.most_common(1)[0][0] if letters else None


def _script(words: str) -> str | None:
    """Return the script of most letters, None without letters."""
    scripts: Counter[str] = Counter()
    for character, number in Counter(words).items():
        if character.isalpha():
            scripts[_script_of(character)] += number
    return scripts.most_common(1)[0][0] if scripts else None


@lru_cache(maxsize=4096)
def _script_of(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").partition(" ")[0]
