"""How names are compared, letter by letter, and who shares one."""

from __future__ import annotations

import pytest

from domain.model.agent import Agent, AgentKind, Alias, AliasKind
from domain.model.ids import AgentId
from domain.model.register import AgentRegister, fold_name


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Xenia XX", "xenia xx"),
        ("D’Orlin", "d'orlin"),
        ("D\u02bcOrlin", "d'orlin"),
        ("D`Orlin", "d'orlin"),
        ("Orlin\u2010Mool", "orlin-mool"),
        ("Orlin\u2011Mool", "orlin-mool"),
        ("Orlin–Mool", "orlin-mool"),
        ("Or\u00adlin\u200b \u200eMool\u200f\ufeff", "orlin mool"),
        (" Orlin \t\u00a0\u202f\n Mool ", "orlin mool"),
        ("Straße", "strasse"),
        ("ﬁn", "fin"),
        ("Ilse Bra\u0308nt", "ilse bränt"),
    ],
)
def test_a_name_is_folded_to_what_is_compared(written: str, folded: str) -> None:
    """Marks and spaces are evened, letters are not: an X stays an x."""
    assert fold_name(written) == folded


def test_all_who_share_a_surname_are_told_by_their_ids() -> None:
    """In their order, whoever was registered first."""
    names = [f"orlin-{letter}" for letter in "hgfedcba"]
    register = AgentRegister(
        Agent(
            id=AgentId(name),
            kind=AgentKind.PERSON,
            labels={"en": name},
            aliases=(Alias(form="Orlin", language="fr", kind=AliasKind.SURNAME),),
        )
        for name in names
    )
    found = [each.id for each in register.by_surname("ORLIN")]
    assert found == sorted(names)
