"""The documentation does what it says: commands run, links lead somewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.pages import DOCS, ROOT, blocks, differs, shell

TUTORIAL = DOCS / "tutorial" / "first-timeline.md"
AFTER_TUTORIAL = ("audit-by-replay", "read-over-http", "run-the-service")
"""Pages that go on in the folder which the tutorial leaves."""
ON_THEIR_OWN = ("add-a-topic", "correct-the-record", "ingest-articles")
MARKDOWN = sorted(
    page
    for place in (*ROOT.glob("[!.]*/"), ROOT)
    for page in (place.glob("*.md") if place == ROOT else place.rglob("*.md"))
)
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_NEEDED = shutil.which("bash") is None or shutil.which("curl") is None
needs_a_shell = pytest.mark.skipif(_NEEDED, reason="no bash or no curl")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the folder that the tutorial leaves, and what went wrong in it."""
    folder = tmp_path_factory.mktemp("tutorial") / "record"
    with shell(folder) as opened:
        wrong = opened.run(TUTORIAL)
    return folder, "\n".join(wrong)


@pytest.mark.slow
@needs_a_shell
def test_the_tutorial_works_as_it_is_written(finished: tuple[Path, str]) -> None:
    """Every command of the tutorial runs, and prints what the page shows."""
    assert not finished[1], finished[1]


@pytest.mark.slow
@needs_a_shell
@pytest.mark.parametrize("name", AFTER_TUTORIAL)
def test_a_how_to_works_in_the_folder_of_the_tutorial(
    name: str, finished: tuple[Path, str], tmp_path: Path
) -> None:
    """Every command of the page runs there, and prints what the page shows."""
    folder = tmp_path / "record"
    shutil.copytree(finished[0], folder)
    with shell(folder) as opened:
        wrong = opened.run(DOCS / "how-to" / f"{name}.md")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@needs_a_shell
@pytest.mark.parametrize("name", ON_THEIR_OWN)
def test_a_how_to_works_in_an_empty_folder(name: str, tmp_path: Path) -> None:
    """Every command of the page runs there, and prints what the page shows."""
    with shell(tmp_path / "record") as opened:
        wrong = opened.run(DOCS / "how-to" / f"{name}.md")
    assert not wrong, "\n".join(wrong)


def test_every_how_to_is_run() -> None:
    """No page with commands is left out of these tests."""
    with_commands = {
        page.stem
        for page in DOCS.rglob("*.md")
        if any(each.language == "sh" and each.flag != "no-run" for each in blocks(page))
    }
    assert with_commands == {TUTORIAL.stem, *AFTER_TUTORIAL, *ON_THEIR_OWN}


def test_dots_stand_for_anything_and_a_seq_is_learned_once() -> None:
    """The comparison of outputs is neither blind nor bound to the size of the seeds."""
    seqs: dict[str, str] = {}
    assert differs("1 new; 2 events, seq 9", "1 new; 2 events, seq 11", seqs) is None
    assert seqs == {"9": "11"}
    assert differs("seq 9 a ... z", "seq 11 a bcd z", seqs) is None
    assert differs("seq 9", "seq 12", seqs) == "seq 12"
    assert differs("equal", "different", seqs) == "different"


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """A relative link names a file of the project, its fragment a heading of it."""
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    for target in _LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = unquote(target).partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.exists(), f"{page.name}: {target}"
        assert file.is_relative_to(ROOT), f"{page.name}: {target}"
        if fragment and file.suffix == ".md":
            assert fragment in _anchors(file), f"{page.name}: {target}"


def test_every_page_is_on_the_map() -> None:
    """docs/README.md links to every page, docs/decisions/README.md to every record."""
    mapped = _targets(DOCS / "README.md")
    recorded = _targets(DOCS / "decisions" / "README.md")
    for page in DOCS.rglob("*.md"):
        if page == DOCS / "README.md":
            continue
        if page.parent.name == "decisions" and page.name != "README.md":
            assert page in recorded, page.name
        else:
            assert page in mapped, page.name


def test_every_decision_has_the_same_form() -> None:
    """A record says its status, context, decision, rejected options, consequences."""
    records = sorted((DOCS / "decisions").glob("0*.md"))
    numbers = [p.name[:4] for p in records]  # ascending, and each once
    assert len(set(numbers)) == len(numbers)
    for page in records:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. "), page.name
        assert re.search(
            r"^Status: (accepted|replaced by \[).*\d{4}-\d{2}-\d{2}", text, re.MULTILINE
        ), page.name
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Context", "Decision", "Rejected", "Consequences"], (
            page.name
        )


def _targets(page: Path) -> set[Path]:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    return {(page.parent / link.partition("#")[0]).resolve() for link in links}


def _anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, made as GitHub makes them."""
    text = re.sub(
        r"^```.*?^```$",
        "",
        page.read_text(encoding="utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", h.lower()) for h in headings)
    return {each.replace(" ", "-") for each in plain}
