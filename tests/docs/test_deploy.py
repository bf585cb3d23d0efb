"""The files for administrators name what is there: settings, files, programs."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from adapters.postgresql import Address
from adapters.settings import Settings
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
    assert Settings(store=told["ONRECORD_STORE"]).is_postgresql
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


def test_the_lock_of_the_image_holds_the_driver() -> None:
    """What the image installs can talk to PostgreSQL."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert {"psycopg", "psycopg-binary", "psycopg-pool"} <= set(
        re.findall(r"^([\w-]+)==", lock, re.MULTILINE)
    )
