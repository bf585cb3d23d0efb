"""``onrecord ingest`` tells where every stretch of an article went."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.commands.group import onrecord
from api.commands.passed_over import marked, passed_over

ARTICLE = """Міст

Мірослава Веленко сказала, що міст у місті Вельм буде закрито на весь рік.

Читайте також: «Міст не закриють»
"""


@pytest.mark.parametrize(
    ("skipped", "told"),
    [
        ({}, "0 passed over"),
        ({"headline": 1}, "1 passed over (headline 1)"),
        (
            {"nothing_reported": 2, "headline": 1},
            "3 passed over (nothing reported 2, headline 1)",
        ),
    ],
)
def test_what_was_passed_over_is_counted_by_reason(
    skipped: dict[str, int], told: str
) -> None:
    """The reasons are told in words, in the order given."""
    assert passed_over(skipped) == told


def test_what_is_not_the_article_is_counted_in_characters() -> None:
    """One sum for all reasons."""
    assert (
        marked({"share": 3, "related": 5}) == "8 characters marked as not the article"
    )
    assert marked({"share": 1}) == "1 character marked as not the article"


@pytest.mark.slow
def test_ingest_tells_what_it_did_not_record(tmp_path: Path) -> None:
    """In text and as JSON, with the reasons; nothing is lost silently."""
    article = tmp_path / "bridge.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    asked = ["--store", f"sqlite:///{tmp_path}/on.db", "ingest", str(article)]
    dry = CliRunner().invoke(onrecord, [*asked, "--dry-run", "--json"])
    told = json.loads(dry.stdout)
    assert told["skipped"] == {"headline": 1}
    assert told["boilerplate"] == {"related": 33}
    done = CliRunner().invoke(onrecord, asked)
    assert done.stdout.startswith(
        f"{article}: new: 1 statement (unfiled 1), 1 passed over (headline 1), "
        "33 characters marked as not the article\n"
    )
