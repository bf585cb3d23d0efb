"""Extraction is at least as good as it was: measured, and not lowered silently."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.quality import floors
from tests.quality.__main__ import OWN
from tests.quality.annotated import AnnotatedArticle, Extracted, Statement
from tests.quality.matching import match
from tests.quality.measuring import Measured, measure

ROOT = Path(__file__).parents[2]
CHANGELOG = "CHANGELOG.md"
HERE = floors.FILE.relative_to(ROOT).as_posix()
GOLD = ("open", "held")


@pytest.mark.slow
@pytest.mark.quality
@pytest.mark.parametrize("stem", GOLD)
def test_no_figure_falls_below_its_floor(stem: str) -> None:
    """Each measure of each language is at least its floor, on the gold that it is of."""
    guarded, file = guarded_file(stem)
    measured = measure(file)
    assert measured.sha256 == guarded.sha256, (
        f"{file.name} changed: look at what changed, then "
        "python -m tests.quality --write-floors"
    )
    assert not (below := floors.fallen(measured, guarded)), "\n".join(below)


def test_no_floor_is_lowered_silently() -> None:
    """A floor lower than in the last version is told in the changelog."""
    if not floors.FILE.is_file():
        pytest.skip(f"there is no {HERE} yet")
    now = floors.FILE.read_text(encoding="utf-8")
    base = revision_before(now)
    before = floors.read(shown(base, HERE) or "")
    gone = floors.lowered(before, floors.read(now))
    changelog = (ROOT / CHANGELOG).read_text(encoding="utf-8")
    told = changelog.count(floors.LOWERED) > (shown(base, CHANGELOG) or "").count(
        floors.LOWERED
    )
    assert told or not gone, "\n".join(gone)


def test_a_measure_of_few_cases_has_no_floor() -> None:
    """One case more or less would move it by many percent: it says too little."""
    few, enough = some_found(floors.ENOUGH - 1), some_found(floors.ENOUGH)
    assert floors.raised(few, None).floors == {"fr": {}}
    assert "exact" in floors.raised(enough, None).floors["fr"]
    assert "medium" not in floors.raised(enough, None).floors["fr"]


def test_a_fall_of_a_whole_percent_is_told() -> None:
    """What is measured is compared rounded down; a fraction of a percent is no fall."""
    measured = some_found(floors.ENOUGH)
    fine = floors.Guarded("", {"fr": {"exact": 66}})
    assert floors.fallen(measured, fine) == []
    high = floors.Guarded("", {"fr": {"exact": 67}, "en": {"exact": 1}})
    assert floors.fallen(measured, high) == [
        "open, fr: exact is 66, its floor 67",
        "open, en: exact is not measured, its floor 1",
    ]


def test_writing_raises_floors_and_never_lowers_them(tmp_path: Path) -> None:
    """What was higher stays, what is higher now is written, and the digest follows."""
    file = tmp_path / "floors.toml"
    old = {"open": floors.Guarded("old", {"fr": {"exact": 90, "iou80": 3}})}
    file.write_text(floors.dumped(old), encoding="utf-8")
    assert floors.write([some_found(floors.ENOUGH)], file) == 1
    written = floors.read(file.read_text(encoding="utf-8"))["open"]
    assert written.sha256 == "new"
    assert written.floors["fr"]["exact"] == 90
    assert written.floors["fr"]["iou80"] == 66
    assert written.floors["fr"]["iou80_precision"] == 100


def test_a_floor_that_is_lower_or_gone_is_seen() -> None:
    """Between two versions of the file, each floor is looked for."""
    before = {"open": floors.Guarded("", {"fr": {"exact": 80, "cue": 70}})}
    after = {"open": floors.Guarded("", {"fr": {"exact": 79, "iou80": 1}})}
    assert floors.lowered(before, after) == [
        "open, fr: exact from 80 to 79",
        "open, fr: cue from 70 to -1",
    ]
    assert floors.lowered(before, before) == []


def guarded_file(stem: str) -> tuple[floors.Guarded, Path]:
    """Return a file of gold with its floors; skip where either is missing."""
    file = OWN / f"{stem}.jsonl"
    if not file.is_file():
        pytest.skip(f"there is no {file.relative_to(ROOT)}: nothing to measure on")
    if not floors.FILE.is_file():
        pytest.skip(f"there is no {HERE}: python -m tests.quality --write-floors")
    guarded = floors.read(floors.FILE.read_text(encoding="utf-8"))
    if stem not in guarded:
        pytest.skip(f"{HERE} says nothing of {file.name}")
    return guarded[stem], file


def some_found(statements: int) -> Measured:
    """Return a file of gold of which every other statement was found."""
    article = AnnotatedArticle(
        id="a",
        language="fr",
        text="Le port rouvre. " * statements,
        statements=tuple(
            Statement(content=((16 * n, 16 * n + 14),)) for n in range(statements)
        ),
    )
    found = [Extracted(content=s.content) for s in article.statements[::2]]
    return Measured(Path("open.jsonl"), "new", [article], match(article, found))


def revision_before(now: str) -> str:
    """Return the last revision of the floors that reads otherwise than they do now.

    Just committed floors are compared with those before them, so that a commit does
    not hide what it lowers.
    """
    listed = git("log", "-2", "--format=%H", "--", HERE)
    revisions = (listed or "").split()
    if revisions and shown(revisions[0], HERE) == now:
        revisions.pop(0)
    if not revisions:
        pytest.skip("git knows no earlier version of the floors")
    return revisions[0]


def shown(revision: str, path: str) -> str | None:
    """Return a file as it was at a revision."""
    return git("show", f"{revision}:{path}")


def git(*arguments: str) -> str | None:
    """Return what git prints, None if it fails; skip where there is no git."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no git here: earlier floors cannot be known")
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout if done.returncode == 0 else None
