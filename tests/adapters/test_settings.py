"""Settings come from the command line, the environment, a file, in this order."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from adapters.settings import Settings, load
from domain.errors import InvalidInputError

VARIABLES = ("CONFIG", *(name.upper() for name in Settings.model_fields))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, in an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in VARIABLES:
        monkeypatch.delenv(f"ONRECORD_{name}", raising=False)
    return tmp_path


def test_every_setting_has_a_default_and_says_what_it_is() -> None:
    """Nothing need be set."""
    settings = load()
    assert settings.store == "sqlite:///onrecord.db"
    assert (settings.host, settings.port, settings.seeds) == ("127.0.0.1", 8000, None)
    assert all(field.description for field in Settings.model_fields.values())


def test_the_nearest_says_what_holds(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Command line before environment before file before default."""
    (folder / "onrecord.toml").write_text("port = 1\npage = 1\nready_lag = 1\n")
    monkeypatch.setenv("ONRECORD_PORT", "2")
    monkeypatch.setenv("ONRECORD_PAGE", "2")
    settings = load(port=3)
    assert (settings.port, settings.page, settings.ready_lag) == (3, 2, 1)
    assert settings.host == "127.0.0.1"


def test_what_the_command_line_does_not_say_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """None is an option that was not given."""
    monkeypatch.setenv("ONRECORD_PORT", "2")
    assert load(port=None, store=None).port == 2


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell that unsets by emptying sets nothing, least of all the working folder."""
    for name in VARIABLES:
        monkeypatch.setenv(f"ONRECORD_{name}", "")
    assert load() == Settings()
    assert load().seeds is None


def test_the_file_may_lie_elsewhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``ONRECORD_CONFIG`` names it; the one of the working folder is then not read."""
    (folder / "onrecord.toml").write_text("port = 1\npage = 1\n")
    (folder / "other.toml").write_text("port = 2\n")
    monkeypatch.setenv("ONRECORD_CONFIG", str(folder / "other.toml"))
    assert (load().port, load().page) == (2, 500)


def test_other_variables_are_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is no setting is left to whom it belongs."""
    monkeypatch.setenv("ONRECORD_SQLITE_DBNAME", "elsewhere.db")
    monkeypatch.setenv("PORT", "9")
    assert load().port == 8000


def test_settings_cannot_be_altered() -> None:
    """They are read once."""
    with pytest.raises(ValidationError, match="frozen"):
        load().port = 9  # type: ignore[misc]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "many"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PAGE", "0"),
        ("PAGE", "5001"),
        ("READY_LAG", "1.5"),
    ],
)
def test_a_bad_value_names_its_variable(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says which variable, what was expected and what was got."""
    monkeypatch.setenv(f"ONRECORD_{variable}", value)
    with pytest.raises(
        InvalidInputError, match=rf"^ONRECORD_{variable}: .*got '{value}'"
    ):
        load()


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("PORT", "x", "should be a whole number"),
        ("PORT", "70000", "should be at most 65535"),
        ("LOG_LEVEL", "loud", "should be 'debug', 'info', 'warning' or 'error'"),
    ],
)
def test_a_bad_value_is_told_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    """What would be right, in no words of a library."""
    monkeypatch.setenv(f"ONRECORD_{variable}", value)
    with pytest.raises(InvalidInputError) as caught:
        load()
    assert str(caught.value) == f"ONRECORD_{variable}: {told}, got '{value}'"


def test_a_bad_value_of_the_command_line_names_its_variable() -> None:
    """Wherever it came from, it is the same setting."""
    with pytest.raises(InvalidInputError, match=r"^ONRECORD_PORT: .*got 'x'"):
        load(port="x")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"port = \n", "onrecord.toml cannot be read: .*line 1"),
        (b"port = 1\nport = 2\n", "onrecord.toml cannot be read"),
        (b"host = '\xe9'\n", "onrecord.toml cannot be read: .*utf-8"),
        (b"port = 'x'\n", "ONRECORD_PORT: .*got 'x'"),
        (b"prot = 9\n", "onrecord.toml has 'prot', which is no setting"),
        (b"[serve]\nport = 9\n", "onrecord.toml has 'serve', which is no setting"),
    ],
)
def test_a_bad_file_is_one_named_error(folder: Path, content: bytes, told: str) -> None:
    """A file that breaks TOML, or sets what is no setting, is not read in part."""
    (folder / "onrecord.toml").write_bytes(content)
    with pytest.raises(InvalidInputError, match=told):
        load()


def test_a_folder_in_the_place_of_the_file_is_not_passed_over(folder: Path) -> None:
    """Somebody meant to set something; who reads nothing must say so."""
    (folder / "onrecord.toml").mkdir()
    with pytest.raises(InvalidInputError, match=r"onrecord.toml .*it is a folder"):
        load()


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_is_named_must_be_there(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who names a file wants it read."""
    monkeypatch.setenv("ONRECORD_CONFIG", name)
    with pytest.raises(InvalidInputError, match=r"^ONRECORD_CONFIG: no file"):
        load()


def test_no_message_shows_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable may hold the URL of something else; its credentials are not repeated."""
    monkeypatch.setenv("ONRECORD_PORT", "tcp://clerk:hush@db:1")
    with pytest.raises(InvalidInputError) as caught:
        load()
    assert "hush" not in str(caught.value)
