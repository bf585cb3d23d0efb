"""How names are compared, letter by letter, and who shares one."""

from __future__ import annotations

import pytest

from domain.model.agent import Agent, AgentKind, Alias, AliasKind, RoleHolding
from domain.model.ids import AgentId
from domain.model.moment import Moment
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


NAMES = [f"orlin-{letter}" for letter in "hgfedcba"]
SEAT = RoleHolding(
    post="harbour-minister",
    organisation=AgentId("valdoria"),
    held=Moment.parse("2031"),
    titles={"fr": ("ministre du Port",)},
    source="almanac of Valdoria",
)
REGISTER = AgentRegister(
    Agent(
        id=AgentId(name),
        kind=AgentKind.PERSON,
        labels={"en": name},
        aliases=(Alias(form="Orlin", language="fr", kind=AliasKind.SURNAME),),
        roles=(SEAT,),
    )
    for name in NAMES
)


def test_all_who_share_a_surname_or_a_title_are_told_by_their_ids() -> None:
    """In their order, whoever was registered first."""
    bearers = REGISTER.by_surname("ORLIN")
    holders = REGISTER.by_title("Ministre du port", language="fr", on=None)
    assert [each.id for each in bearers] == sorted(NAMES)
    assert holders == bearers
