"""Short forms of bodies and roles go back to the full name that the article gives."""

from __future__ import annotations

import pytest

from tests.support.extraction import extract

pytestmark = pytest.mark.slow


def speakers(text: str, language: str = "fr") -> list[str | None]:
    """Return who speaks, statement by statement."""
    return [each.identification.speaker for each in extract(text, language).found]


def test_an_acronym_in_brackets_names_its_body_from_then_on() -> None:
    """The name is given without its brackets, and the acronym stands for it."""
    text = (
        "La Ligue des ports (LDP) a annoncé une grève.\n"
        "« Le port restera fermé », a prévenu la LDP."
    )
    assert speakers(text) == ["Ligue des ports", "Ligue des ports"]


def test_a_noun_of_a_body_goes_back_to_the_name_that_holds_it() -> None:
    """It is the Institut named before, not another body in between."""
    text = (
        "L'Institut du port a annoncé une étude, financée par le groupe Varnel.\n"
        "L'institut a précisé que le port serait fermé."
    )
    assert speakers(text) == ["Institut du port", "Institut du port"]


def test_a_noun_for_any_body_goes_back_to_the_last_one_named() -> None:
    """A phrase like "the company" has no name of its own."""
    text = (
        "Harbour Trust Bank said the port would close.\n"
        "The company said it would reopen in May."
    )
    assert speakers(text, "en") == ["Harbour Trust Bank", "Harbour Trust Bank"]


def test_a_bare_role_that_nobody_has_goes_back_to_who_spoke_last() -> None:
    """A role with a complement of its own is somebody else."""
    text = (
        "« Le port est vide », a dit Mira Solen. « Rien ne va », a ajouté la commerçante.\n"
        "La ministre de la Mer a promis une aide."
    )
    assert speakers(text) == ["Mira Solen", "Mira Solen", None]
