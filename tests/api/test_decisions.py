"""Decisions and imports over HTTP: made by hand, refused clearly, undone without trace."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import Settings, open_services, scenario
from api.http import create_app
from api.serving import running
from domain.services.playing import Play
from tests.api.support import problem, seq

pytestmark = pytest.mark.slow
LAKE = "lake-ardan"
TEXT = "« Le lac est à tous », a dit Yarek Zolmin."


class Editor:
    """Decides over HTTP on the invented scenario."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.ids = {
            each["words"]: each["id"]
            for each in self.get(f"/topics/{LAKE}/statements")["data"]
        }

    def get(self, path: str) -> Any:
        """Return what stands at an address below ``/api/v1``."""
        answer = self.client.get(f"/api/v1{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def positions(self) -> Any:
        """Return the positions of the scenario's topic."""
        return self.get(f"/topics/{LAKE}/timeline")["data"]["positions"]

    def decide(self, do: str, **told: Any) -> httpx.Response:
        """Post a decision."""
        decision = {"do": do, "reason": "by hand", **told}
        return self.client.post(
            "/api/v1/decisions", json={"by": "Ada Quill", "decision": decision}
        )

    def hand_in(self, **told: Any) -> httpx.Response:
        """Post an article with one statement."""
        statement = {
            "content": [[2, 19]],
            "agent": "zolmin",
            "spoken_at": "2024-09-01",
            "readings": [
                {"topic": LAKE, "question": "open-the-sluices", "commitment": 3}
            ],
        }
        article = {"language": "fr", "text": TEXT, "statements": [statement | told]}
        return self.client.post(
            "/api/v1/statements/import", json={"by": "Ada Quill", "article": article}
        )


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Serve a store at which the scenario was played."""
    folder: Path = tmp_path_factory.mktemp("decisions")
    seeds, steps = scenario()
    with open_services(Settings(store=f"sqlite:///{folder}/record.db")) as services:
        topics = [terms.topic() for terms in seeds.topics]
        services.seeding.ensure(topics, seeds.agents)
        Play(services.log, services.correct, services.imports)(steps)
        with (
            running(create_app(services), "127.0.0.1", 0) as address,
            httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
        ):
            yield Editor(client)


def test_a_correction_is_made_by_hand_and_undone(editor: Editor) -> None:
    """The timeline changes with the answer, and is what it was when it is undone."""
    before = editor.positions()
    statement = editor.ids["Les vannes devraient s'ouvrir"]
    done = editor.decide("date", statement=statement, spoken_at="2024-05-19")
    assert done.status_code == 201
    assert done.headers["Onrecord-Seq"] == str(done.json()["data"]["seq"])
    assert editor.positions() != before
    again = editor.decide("date", statement=statement, spoken_at="2024-05-19")
    assert (again.status_code, again.json()["data"]["events"]) == (200, 0)
    editor.decide("date", statement=statement, spoken_at="2024-05-20")
    assert editor.positions() == before


def test_a_link_and_a_withdrawal_are_made_by_hand_and_undone(editor: Editor) -> None:
    """Each leaves no trace on the timeline once it is undone."""
    before = editor.positions()
    first = editor.ids["Les vannes s'ouvriront"]
    second = editor.ids["Шлюзы, вероятно, останутся закрыты"]
    pair = {"first": first, "second": second}
    for done, undone in (
        (("link", pair), ("unlink", pair)),
        (("withdraw", {"statement": first}), ("reinstate", {"statement": first})),
    ):
        assert editor.decide(done[0], **done[1]).status_code == 201
        assert editor.decide(undone[0], **undone[1]).status_code == 201
        assert editor.positions() == before


def test_an_import_is_made_by_hand_and_undone(editor: Editor) -> None:
    """An analyst's statement is there at once; withdrawn, it leaves the timeline as it was."""
    before = editor.positions()
    done = editor.hand_in(words="Le lac est à tous")
    assert done.status_code == 201, done.text
    (statement,) = done.json()["data"]["statements"]
    assert len(editor.positions()) == len(before) + 1
    assert editor.hand_in().status_code == 200
    assert editor.decide("withdraw", statement=statement).status_code == 201
    assert editor.positions() == before
    in_source = editor.client.get(f"/api/v1/statements/{statement}")
    problem(in_source, 404, "not-found")


@pytest.mark.parametrize(
    ("told", "status", "slug"),
    [
        ({"do": "date", "statement": "st-0", "spoken_at": None}, 404, "not-found"),
        ({"do": "date", "statement": "st-0", "spoken_at": "soon"}, 422, "invalid"),
        ({"do": "forget"}, 422, "invalid"),
        ({"do": "unlink", "first": "st-0"}, 422, "invalid"),
        (
            {"do": "alias", "first": "sorent", "second": "sorent", "verdict": "unsure"},
            422,
            "invalid",
        ),
    ],
)
def test_what_is_invalid_is_a_problem_and_adds_nothing(
    editor: Editor, told: dict[str, Any], status: int, slug: str
) -> None:
    """The problem says what is wrong; the log is as long as before."""
    head = seq(editor.client)
    problem(editor.decide(**told), status, slug)
    assert seq(editor.client) == head


def test_an_import_with_other_words_than_the_text_is_refused(editor: Editor) -> None:
    """Words are verbatim."""
    head = seq(editor.client)
    problem(editor.hand_in(words="Le lac est à nous"), 422, "invalid")
    assert seq(editor.client) == head


def test_of_many_who_decide_the_same_at_once_one_is_on_record(editor: Editor) -> None:
    """The others hear that it is so already; nobody is told what is not recorded."""
    statement = editor.ids["Les vannes devraient s'ouvrir"]

    def withdraw(number: int) -> int:
        told = {"do": "withdraw", "statement": statement, "reason": "a duplicate"}
        body = {"by": f"Editor {number}", "decision": told}
        return editor.client.post("/api/v1/decisions", json=body).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(withdraw, range(8)))
    assert statuses.count(201) == 1, statuses
    told = {"do": "reinstate", "statement": statement, "reason": "it was none"}
    again = editor.client.post(
        "/api/v1/decisions", json={"by": "Ada", "decision": told}
    )
    assert again.status_code == 201


@pytest.mark.parametrize("unseen", [" ", "\u202eyb", "a\u0000b", "\u200b"])
def test_a_reason_that_nobody_can_see_is_none(editor: Editor, unseen: str) -> None:
    """Blank, or with hidden characters: refused, for names too."""
    statement = editor.ids["Les vannes devraient s'ouvrir"]
    told = {"do": "withdraw", "statement": statement, "reason": unseen}
    body = {"by": "Ada", "decision": told}
    assert editor.client.post("/api/v1/decisions", json=body).status_code in {400, 422}


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"do": "withdraw", "statement": "st-\0"}, "/decision/statement"),
        ({"do": "withdraw", "statement": "st-1", "topic": "\0"}, "/decision/topic"),
        ({"do": "identify", "statement": "st-1", "agent": "\0"}, "/decision/agent"),
        (
            {
                "do": "pose",
                "topic": LAKE,
                "question": "odd",
                "kind": "state",
                "labels": {"e\0n": "Is it so?"},
            },
            "/decision/labels/e\0n",
        ),
    ],
)
def test_a_sign_that_nothing_keeps_is_pointed_at(
    editor: Editor, told: dict[str, Any], pointer: str
) -> None:
    """The JSON pointer leads to the very field that has it, and to no other."""
    (error,) = problem(editor.decide(**told), 422, "invalid")["errors"]
    assert error["pointer"] == pointer


def test_a_decision_that_is_too_large_is_told_as_what_it_is(editor: Editor) -> None:
    """What is said of it is true of any body: it was no article."""
    found = problem(editor.decide("withdraw", statement="x" * 10**6), 413, "too-large")
    assert found["detail"] == "A body has at most 1,000,000 bytes: send less at once."


@pytest.mark.parametrize("label", [" ", "Is \u202eolleh it?", "\u001b[31m", "x" * 201])
def test_a_question_is_posed_in_words_that_can_be_read(
    editor: Editor, label: str
) -> None:
    """No label is blank, has hidden characters or is longer than anybody reads."""
    head = seq(editor.client)
    told = {"do": "pose", "topic": "lake-ardan", "question": "odd", "kind": "state"}
    for labels in ({"en": label}, {"<b>": "Is it?"}):
        decision = {**told, "labels": labels, "reason": "asked"}
        body = {"by": "Ada", "decision": decision}
        found = problem(
            editor.client.post("/api/v1/decisions", json=body), 422, "invalid"
        )
        assert "labels" in str(found["errors"])
    assert seq(editor.client) == head


def test_a_link_to_a_withdrawn_statement_tells_why_it_is_gone(editor: Editor) -> None:
    """It is not on record any more, which is not the same as never."""
    statement = editor.ids["Les vannes devraient s'ouvrir"]
    editor.decide("withdraw", statement=statement, reason="the outlet made it up")
    at = editor.client.get(f"/api/v1/statements/{statement}")
    assert "the outlet made it up" in problem(at, 404, "not-found")["detail"]
    never = editor.client.get("/api/v1/statements/st-" + "0" * 32)
    assert "withdrawn" not in problem(never, 404, "not-found")["detail"]
    editor.decide("reinstate", statement=statement, reason="it did not")


def test_an_id_with_a_nul_is_not_found(editor: Editor) -> None:
    """No store looks for it."""
    assert editor.client.get("/api/v1/topics/%00").status_code == 404


def test_two_editors_who_saw_the_same_do_not_overwrite_one_another(
    editor: Editor,
) -> None:
    """The second hears that the record has gone on, and decides on what it says now."""
    statement = editor.ids["Les vannes devraient s'ouvrir"]
    seen = seq(editor.client)

    def decide(spoken_at: str) -> httpx.Response:
        told = {"do": "date", "statement": statement, "spoken_at": spoken_at}
        return editor.client.post(
            "/api/v1/decisions",
            json={
                "by": "Ada Quill",
                "decision": {**told, "reason": "by hand"},
                "expected_seq": seen,
            },
        )

    assert decide("2024-05-18").status_code == 201
    found = problem(decide("2024-05-17"), 409, "outdated")
    assert "read it again" in found["detail"]
    editor.decide("date", statement=statement, spoken_at="2024-05-20")


def test_nobody_decides_on_what_nobody_can_have_read(editor: Editor) -> None:
    """A seq that the log has not reached is refused, and so is a text for a number."""
    statement = editor.ids["Les vannes devraient s'ouvrir"]
    told = {"do": "date", "statement": statement, "spoken_at": "2024-05-18"}
    head = seq(editor.client)
    for expected, said in ((head + 1, f"ends at seq {head}"), (str(head), "a whole")):
        body = {"by": "Ada", "decision": {**told, "reason": "by hand"}}
        answer = editor.client.post(
            "/api/v1/decisions", json=body | {"expected_seq": expected}
        )
        assert said in problem(answer, 422, "invalid")["detail"]
    assert seq(editor.client) == head


@pytest.mark.parametrize(
    ("told", "pointer", "said"),
    [
        ({"do": "date", "statement": 1, "spoken_at": None}, "statement", "a text"),
        ({"do": "date", "statement": "st-0"}, "spoken_at", "is missing"),
        ({"do": "forget"}, "do", "should be one of 'date', 'identify'"),
        ({"do": "withdraw", "statement": "st-0", "a/b~": 1}, "a~1b~0", "no known"),
        (
            {"do": "assess", "statement": "s", "question": "q", "commitment": "3"},
            "commitment",
            "a whole number",
        ),
    ],
)
def test_what_is_wrong_with_a_decision_is_pointed_at(
    editor: Editor, told: dict[str, Any], pointer: str, said: str
) -> None:
    """The pointer leads to the field in the body that was sent (RFC 6901)."""
    (error,) = problem(editor.decide(**told), 422, "invalid")["errors"]
    assert error["pointer"] == f"/decision/{pointer}"
    assert said in error["detail"]
    assert not {"Input", "tag", "discriminator"} & set(error["detail"].split())


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"content": [["2", 19]]}, "content/0/0"),
        ({"content": [[2.0, 19]]}, "content/0/0"),
        ({"content": [[True, 19]]}, "content/0/0"),
        ({"content": []}, "content"),
        ({"cue": 3}, "cue"),
        ({"commitment": "3"}, "commitment"),
    ],
)
def test_an_import_takes_numbers_for_numbers_only(
    editor: Editor, told: dict[str, Any], pointer: str
) -> None:
    """A text, a fraction or a truth is no offset."""
    (error,) = problem(editor.hand_in(**told), 422, "invalid")["errors"]
    assert error["pointer"] == f"/article/statements/0/{pointer}"


def test_every_position_is_explained_in_the_language_of_the_reader(
    editor: Editor,
) -> None:
    """The sentence names the holder and the question as the reader knows them."""
    french = editor.get(f"/topics/{LAKE}/timeline?lang=fr")["data"]["positions"]
    told = [each["explanation"] for each in french if each["label"] == "retracted"]
    assert told == [
        (
            "Gouvernement de Kelmarie, sur « La Kelmarie doit-elle ouvrir les vannes à la "
            "Tovnie ? » : propos rétractés (1er juillet 2024), après : probablement oui ; "
            "rétracté, car des propos antérieurs ont été rétractés "
            "(règle 2 ; pièces : 1, avant : 1)."
        )
    ]
