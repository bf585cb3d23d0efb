"""The whole, through the real command: exit codes, one line an error, nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "articles" / "peskov-2025.fr.txt"
GOLDEN = ROOT / "tests" / "golden"
ARTICLE = (
    "Mira Solen, ministre des Transports de Valdoria, a déclaré que le port d'Orsk "
    "restera fermé.\n"
    "« Nous rouvrirons le port si le péage est payé », a ajouté la ministre mardi.\n"
)


def onrecord(
    folder: Path, *arguments: str, stdin: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose store holds the seed article."""
    folder = tmp_path_factory.mktemp("ingested")
    done = onrecord(folder, "ingest", str(SEED))
    assert done.returncode == 0, done.stderr
    assert "12 statements" in done.stdout
    return folder


def test_a_second_ingest_adds_no_event(ingested: Path) -> None:
    """The same article again is unchanged: zero events, the same seq."""
    before = json.loads(onrecord(ingested, "replay", "--json").stdout)
    again = onrecord(ingested, "ingest", str(SEED), "--json")
    assert again.returncode == 0
    told = json.loads(again.stdout)
    assert (told["outcome"], told["events"]) == ("unchanged", 0)
    after = json.loads(onrecord(ingested, "replay", "--json").stdout)
    assert after == before


def test_a_replay_of_the_seed_is_equal(ingested: Path) -> None:
    """Folding the log from nothing gives what is served, as a whole and by topic."""
    for arguments in ([], ["putin-trump-talks"]):
        done = onrecord(ingested, "replay", *arguments)
        assert done.returncode == 0, done.stdout
        assert done.stdout.rstrip().endswith("equal")


@pytest.mark.golden
@pytest.mark.parametrize(
    "topic",
    ["putin-trump-talks", "ukraine-security-guarantees", "russia-ukraine-summit"],
)
def test_the_timeline_of_the_seed_is_the_reviewed_one(
    ingested: Path, topic: str
) -> None:
    """Thirteen positions, all first statements; the golden file was read by a person."""
    found = json.loads(onrecord(ingested, "timeline", topic, "--json").stdout)
    shown = [
        {
            "question": p["question"],
            "holder": p["holder"],
            "from": p["earliest"],
            "to": p["latest"],
            "label": p["transition"]["label"],
            "value": p["value"],
            "evidence": [_words(found, each) for each in p["evidence"]],
        }
        for p in found["positions"]
    ]
    file = GOLDEN / "timelines" / f"{topic}.json"
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        text = json.dumps(shown, ensure_ascii=False, indent=1)
        file.write_text(text + "\n", encoding="utf-8")
    assert shown == json.loads(file.read_text(encoding="utf-8"))
    assert {each["label"] for each in shown} == {"stated"}
    assert found["asides"] == []


def _words(found: Any, statement: str) -> str:
    """Return the exact words of a statement."""
    for each in found["statements"]:
        if each["statement"]["id"] == statement:
            content = each["statement"]["attribution"]["content"]
            return " […] ".join(part["words"] for part in content)
    raise AssertionError(statement)


def test_the_demo_checks_itself_over_http(tmp_path: Path) -> None:
    """``demo --check`` ingests, serves, fetches the timelines and exits with 0."""
    done = onrecord(tmp_path, "demo", "--check")
    assert done.returncode == 0, done.stderr
    assert "putin-trump-talks: 6 statements, 5 positions (stated)" in done.stdout
    assert "lake-ardan: 38 statements, 29 positions (ambivalent, " in done.stdout
    assert (tmp_path / "onrecord-demo.db").exists()


def test_as_known_before_the_article_the_topic_is_empty(ingested: Path) -> None:
    """``--known-at`` folds the first events only."""
    topic = "putin-trump-talks"
    whole = json.loads(onrecord(ingested, "timeline", topic, "--json").stdout)
    first = min(each["seq"] for each in whole["statements"])
    before = onrecord(
        ingested, "timeline", topic, "--json", "--known-at", str(first - 1)
    )
    assert json.loads(before.stdout)["positions"] == []
    now = onrecord(
        ingested, "timeline", topic, "--json", "--known-at", str(whole["seq"])
    )
    assert json.loads(now.stdout)["positions"] == whole["positions"]


def test_standard_input_is_read_and_extracted_without_a_store(tmp_path: Path) -> None:
    """``extract -`` prints statements, records nothing and makes no file."""
    done = onrecord(
        tmp_path,
        "extract",
        "-",
        "--jsonl",
        "--published-at",
        "2031-03-05",
        stdin=ARTICLE.encode(),
    )
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["id"] == "stdin"
    speakers = [each["speaker"] for each in document["statements"]]
    assert speakers == ["Mira Solen", "Mira Solen"]
    assert document["statements"][1]["spoken_at"] == "2031-03-04"
    assert list(tmp_path.iterdir()) == []


COMMANDS = (
    "demo",
    "ingest",
    "extract",
    "timeline",
    "topics",
    "replay",
    "rebuild",
    "parked",
    "serve",
)
BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(1, 32)) * 40, "binary"),
    "nul.txt": (b"Mira Solen a dit\x00 que non.", "NUL"),
    "surrogate.txt": ("Mira \ud800".encode("utf-8", "surrogatepass"), "not UTF-8"),
    "line.txt": (b"a" * 10_000_000, "longer than an article"),
    "unknown.txt": (b"qzx vbn wqk zzt xpl mnb", "language"),
    "czech.txt": (
        "Ministryně řekla, že přístav zůstane zavřený až do jara.".encode(),
        "no extractor",
    ),
}


def test_bad_inputs_are_one_line_each_and_the_others_are_processed(
    tmp_path: Path,
) -> None:
    """Each refused input says why on one line; the good one is recorded all the same."""
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder").mkdir()
    (tmp_path / "good.txt").write_text(ARTICLE, encoding="utf-8")
    names = [*BAD, "folder", "missing.txt", "https://example.org/a", "good.txt"]
    done = onrecord(tmp_path, "ingest", *names)
    assert done.returncode == 3
    told = done.stderr.splitlines()
    assert len(told) == len(names) - 1, done.stderr
    for line, (name, (_, reason)) in zip(told, BAD.items(), strict=False):
        assert line.startswith(f"onrecord: {name}: ")
        assert reason in line
    assert "is a folder" in told[len(BAD)]
    assert "no such file" in told[len(BAD) + 1]
    assert "good.txt: new: 2 statements" in done.stdout
    assert f"{len(names) - 1} failed" in done.stdout
    replayed = onrecord(tmp_path, "replay")
    assert replayed.returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [["replay"], ["rebuild"], ["parked"], ["timeline", "putin-trump-talks"]],
)
def test_reading_makes_no_store(tmp_path: Path, arguments: list[str]) -> None:
    """A name mistyped is an error, not an empty record that equals itself."""
    done = onrecord(tmp_path, *arguments)
    assert done.returncode == 4
    assert "there is no store" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["ingest", str(SEED), "--published-at", "soon"], 3, "--published-at"),
        (["ingest", str(SEED), "--url", "ftp://x"], 3, "--url"),
        (["timeline", "no-such-topic"], 5, "no topic"),
        (["timeline", "putin-trump-talks", "--as-of", "2025/.."], 3, "as of"),
        (["timeline", "putin-trump-talks", "--known-at", "yesterday"], 3, "known_at"),
        (["timeline", "putin-trump-talks", "--known-at", "99999"], 3, "the log ends"),
        (["timeline", "putin-trump-talks", "--holder", "nobody"], 5, "no holder"),
        (["timeline", "putin-trump-talks", "--question", "nothing"], 5, "no question"),
        (["replay", "no-such-topic"], 5, "no topic"),
        (
            ["--store", "sqlite:////nowhere/at/all.db", "topics"],
            4,
            "does the folder exist",
        ),
        (["--store", "mysql://x", "topics"], 3, "sqlite:///"),
        (["no-such-command"], 2, "No such command"),
    ],
)
def test_wrong_use_is_one_clear_error(
    ingested: Path, arguments: list[str], code: int, said: str
) -> None:
    """Exit codes are documented, the reason names what to change."""
    done = onrecord(ingested, *arguments)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_of_a_newer_version_is_refused(ingested: Path, tmp_path: Path) -> None:
    """A newer schema or fold is left alone, with one line that says what to do."""
    script = (
        "from pysqlite3 import dbapi2 as s; c = s.connect('onrecord.db');"
        "c.execute('PRAGMA user_version=99'); c.close()"
    )
    for file in ingested.glob("onrecord*.db"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)
    done = onrecord(tmp_path, "topics")
    assert done.returncode == 4
    assert "newer onrecord" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_read_models_can_be_deleted_and_are_rebuilt(
    ingested: Path, tmp_path: Path
) -> None:
    """Everything but the log and the texts can be thrown away."""
    for file in ingested.glob("onrecord*.db"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    before = json.loads(onrecord(tmp_path, "replay", "--json").stdout)
    (tmp_path / "onrecord.views.db").unlink()
    assert "rebuilt to seq" in onrecord(tmp_path, "rebuild").stdout
    after = json.loads(onrecord(tmp_path, "replay", "--json").stdout)
    assert after["served_digest"] == before["served_digest"]


def test_parked_events_are_listed_and_retried(ingested: Path, tmp_path: Path) -> None:
    """An event of a later version is named with its reason, and stays parked till then."""
    for file in ingested.glob("onrecord*.db"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert onrecord(tmp_path, "parked").stdout == "0 events parked\n"
    from_later = (
        "from pysqlite3 import dbapi2 as s; c = s.connect('onrecord.db');"
        'c.execute("INSERT INTO stored_events (originator_id, originator_version, topic,'
        " state, recorded_at) VALUES ('topic:later', 1, 'later.v9', '{}', 9e15)\");"
        "c.commit()"
    )
    subprocess.run([sys.executable, "-c", from_later], cwd=tmp_path, check=True)
    for asked in (["parked"], ["parked", "--retry"]):
        told = onrecord(tmp_path, *asked).stdout
        assert "1 event parked" in told
        assert "later.v9 in topic:later: the log holds an event 'later.v9'" in told
    (line,) = onrecord(tmp_path, "parked", "--json").stdout.splitlines()
    assert json.loads(line)["name"] == "later.v9"


def test_a_changed_read_model_is_found_by_the_replay(
    ingested: Path, tmp_path: Path
) -> None:
    """A forged row ends in exit code 1 and the name of the row and field."""
    for file in ingested.glob("onrecord*.db"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    forge = (
        "from pysqlite3 import dbapi2 as s; c = s.connect('onrecord.views.db');"
        "(name,) = c.execute('SELECT name FROM serving').fetchone();"
        'c.execute("UPDATE " + name + "_position SET body = CAST(replace(CAST(body AS TEXT),'
        ' \'\\"commitment\\":3\', \'\\"commitment\\":2\') AS BLOB)"); c.commit()'
    )
    subprocess.run([sys.executable, "-c", forge], cwd=tmp_path, check=True)
    done = onrecord(tmp_path, "replay")
    assert done.returncode == 1
    assert "different" in done.stdout
    assert "first: position" in done.stdout
    assert "/evidence/0/commitment" in done.stdout


def test_help_names_every_command_and_exit_code(tmp_path: Path) -> None:
    """``onrecord --help`` is complete."""
    told = onrecord(tmp_path, "--help").stdout
    for command in COMMANDS:
        assert command in told
        assert onrecord(tmp_path, command, "--help").returncode == 0
    assert "Exit codes" in told
