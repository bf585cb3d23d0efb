"""The register resolves exact names and titles at a time, and guesses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.agent import Agent, AgentKind, Alias, AliasKind, RoleHolding
from domain.model.ids import AgentId
from domain.model.moment import Moment
from domain.model.register import AgentRegister, fold_name
from tests.support.seeds import SEEDS

LANGUAGES = ("fr", "en", "ru", "uk", "ar")
AMBIGUOUS = {"trump", "трамп", "ترامب"}
"""Surnames that two agents of the seeds share, folded."""


def shipped_aliases() -> Iterator[tuple[Agent, Alias]]:
    """Yield every alias of every shipped agent."""
    for agent in SEEDS.agents:
        for alias in agent.aliases:
            yield agent, alias


def person(
    identifier: str, *aliases: Alias, roles: tuple[RoleHolding, ...] = ()
) -> Agent:
    """Return an invented person."""
    return Agent(
        id=AgentId(identifier),
        kind=AgentKind.PERSON,
        labels={"en": identifier},
        aliases=aliases,
        roles=roles,
    )


def named(form: str, kind: AliasKind = AliasKind.FULL) -> Alias:
    """Return an alias."""
    return Alias(form=form, language="fr", kind=kind)


def minister(held: str) -> RoleHolding:
    """Return the holding of one post over an interval."""
    return RoleHolding(
        post="harbour-minister",
        organisation=AgentId("valdoria"),
        held=Moment.parse(held),
        titles={"fr": ("ministre du Port", "ministre valdorien du Port")},
        source="almanac of Valdoria",
    )


OFFICE = AgentRegister(
    [
        person("vesna-orlin", roles=(minister("2030-05-10/2031-02-14"),)),
        person("tarek-mool", roles=(minister("2031-02-14/2031-06-30"),)),
        person("ilse-brant", roles=(minister("2031-09/.."),)),
    ]
)


def holders(on: str | None, title: str = "ministre du Port") -> list[str]:
    """Return who may be meant by the title at a time."""
    moment = Moment.parse(on) if on else None
    return [agent.id for agent in OFFICE.by_title(title, language="fr", on=moment)]


def whose(name: str) -> str | None:
    """Return the id of the shipped agent of this name."""
    found = SEEDS.register.named(name)
    return found.id if found else None


# --- the shipped agents ------------------------------------------------------


def test_every_alias_is_of_exactly_its_agent() -> None:
    """A full name, nickname or acronym names one agent; a surname all who bear it."""
    for agent, alias in shipped_aliases():
        if alias.kind is not AliasKind.SURNAME:
            assert SEEDS.register.named(alias.form) == agent, alias
        elif fold_name(alias.form) in AMBIGUOUS:
            assert agent in SEEDS.register.by_surname(alias.form), alias
            assert len(SEEDS.register.by_surname(alias.form)) > 1, alias
        else:
            assert SEEDS.register.by_surname(alias.form) == (agent,), alias


def test_every_agent_is_named_in_every_language() -> None:
    """Each agent has a label and a name in French, English, Russian, Ukrainian, Arabic."""
    unlabelled = [
        (agent.id, language)
        for agent in SEEDS.agents
        for language in LANGUAGES
        if not agent.labels.get(language, "").strip()
    ]
    unnamed = [
        (agent.id, language)
        for agent in SEEDS.agents
        for language in LANGUAGES
        if not any(
            alias.language == language and alias.kind is not AliasKind.SURNAME
            for alias in agent.aliases
        )
    ]
    assert unlabelled == []
    assert unnamed == []


def test_every_label_names_its_agent() -> None:
    """What a page calls an agent resolves to that agent again."""
    for agent in SEEDS.agents:
        for label in agent.labels.values():
            assert SEEDS.register.named(label) == agent


def test_every_person_has_a_surname_in_every_language() -> None:
    """Articles name people by their surname once they are known."""
    for agent in SEEDS.agents:
        if agent.kind is AgentKind.PERSON:
            known = {a.language for a in agent.aliases if a.kind is AliasKind.SURNAME}
            assert known >= set(LANGUAGES), agent.id


def test_letters_are_of_the_script_of_their_language() -> None:
    """A Russian, Ukrainian or Arabic name holds no Latin look-alike."""
    for agent, alias in shipped_aliases():
        if alias.language in {"ru", "uk", "ar"}:
            assert not any(c.isascii() and c.isalpha() for c in alias.form), agent.id
        if alias.language == "uk":
            assert not set("ыэъё") & set(alias.form.lower()), alias.form
        if alias.language == "ru":
            assert not set("іїєґ") & set(alias.form.lower()), alias.form


def test_every_role_has_a_source_and_a_beginning() -> None:
    """An interval in office says from when, and where that was read."""
    for agent in SEEDS.agents:
        for role in agent.roles:
            assert len(role.source) > len("kremlin.ru"), agent.id
            assert role.held.earliest is not None
            assert role.titles.get("fr")


@pytest.mark.parametrize(
    ("title", "on", "who"),
    [
        ("président russe", "2007-01-01", ["putin"]),
        ("président russe", "2010-06-01", ["medvedev"]),
        ("président russe", "2012-05", ["medvedev", "putin"]),
        ("président russe", "2025-09-03/2025-09-06", ["putin"]),
        ("président russe", None, ["medvedev", "putin"]),
        ("président américain", "2020-06-01", ["trump"]),
        ("président américain", "2023", ["biden"]),
        ("président américain", "2025-01-20", ["biden", "trump"]),
        ("président américain", "2025-09-05", ["trump"]),
        ("chancelier allemand", "2025-05", ["merz", "scholz"]),
        ("chancelier allemand", "2025-05-07", ["merz"]),
        ("chancelier allemand", "2021-12-07", []),
        ("Porte-parole du Kremlin", "2025-09-05", ["peskov"]),
    ],
)
def test_titles_of_real_posts_change_hands(
    title: str, on: str | None, who: list[str]
) -> None:
    """Who is meant by a title is whoever held the post on the day."""
    moment = Moment.parse(on) if on else None
    found = SEEDS.register.by_title(title, language="fr", on=moment)
    assert [agent.id for agent in found] == who


# --- near misses --------------------------------------------------------------


def test_father_and_son_stay_apart() -> None:
    """Donald Trump and Donald Trump Jr. are two agents in every spelling."""
    fathers = ("Donald Trump", "Дональд Трамп", "دونالد ترامب")
    sons = (
        "Donald Trump Jr.",
        "Donald Trump Jr",
        "Donald Trump junior",
        "Дональд Трамп-младший",
        "Дональд Трамп-молодший",
        "دونالد ترامب الابن",
    )
    assert {whose(name) for name in fathers} == {"trump"}
    assert {whose(name) for name in sons} == {"trump-jr"}


@pytest.mark.parametrize(
    "name",
    ["Leskov", "Dmitry Leskov", "Peskova", "D. Peskov", "Dmitry", "Peskov Dmitry", ""],
)
def test_a_name_that_is_nearly_a_name_is_nobody(name: str) -> None:
    """Only a name of the register resolves; likeness proves nothing."""
    assert SEEDS.register.named(name) is None
    assert SEEDS.register.by_surname(name) == ()


def test_a_shared_surname_is_of_all_who_bear_it_and_names_nobody() -> None:
    """An ambiguous surname is not resolved: all bearers are told, by id."""
    register = SEEDS.register
    assert [each.id for each in register.by_surname("Trump")] == ["trump", "trump-jr"]
    assert register.named("Trump") is None


def test_a_surname_is_no_full_name_and_a_full_name_no_surname() -> None:
    """The two are looked up apart."""
    register = AgentRegister(
        [person("vesna-orlin", named("Vesna Orlin"), named("Orlin", AliasKind.SURNAME))]
    )
    assert register.named("Orlin") is None
    assert register.by_surname("Vesna Orlin") == ()


def test_a_name_of_two_agents_names_nobody() -> None:
    """Two agents of one name are not told apart by a guess."""
    register = AgentRegister(
        [
            person("orlin-elder", named("Vesna Orlin")),
            person("orlin-younger", named("Vesna Orlin")),
        ]
    )
    assert register.named("Vesna Orlin") is None


@pytest.mark.parametrize(
    "written",
    [
        "VESNA D'ORLIN-MOOL",
        "vesna  d’orlin‑mool",
        "Vesna\u00a0D'Orlin–Mool",
        " Vesna D`Orlin-Mool ",
        "Vesna D'Orlin\u2010Mo\u00adol\u200f",
    ],
)
def test_case_spaces_and_marks_do_not_matter(written: str) -> None:
    """A name is compared without case, kinds of space, apostrophe and hyphen."""
    register = AgentRegister([person("vesna", named("Vesna d'Orlin-Mool"))])
    found = register.named(written)
    assert found is not None
    assert found.id == "vesna"


def test_accents_do_matter() -> None:
    """Another letter is another name: spellings are data."""
    register = AgentRegister([person("ilse", named("Ilse Bränt"))])
    assert register.named("Ilse Brant") is None
    assert register.named("Ilse Bra\u0308nt") is not None


@given(st.text(max_size=30))
def test_folding_a_name_twice_is_folding_it_once(name: str) -> None:
    """What is compared is stable, and free of outer spaces."""
    folded = fold_name(name)
    assert fold_name(folded) == folded
    assert folded == folded.strip()


def test_agents_are_found_by_id() -> None:
    """An id gives its agent, an unknown one nothing."""
    assert OFFICE.get(AgentId("tarek-mool")) == OFFICE.agents[1]
    assert OFFICE.get(AgentId("nobody")) is None


# --- titles at a time ----------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "who"),
    [
        ("2030-05-09", []),
        ("2030-05-10", ["vesna-orlin"]),
        ("2031-02-13", ["vesna-orlin"]),
        ("2031-02-14", ["tarek-mool", "vesna-orlin"]),
        ("2031-02-15", ["tarek-mool"]),
        ("2031-06-30", ["tarek-mool"]),
        ("2031-07-01", []),
        ("2031-08-31", []),
        ("2031-09-01", ["ilse-brant"]),
        ("2099", ["ilse-brant"]),
    ],
)
def test_an_interval_in_office_holds_its_first_and_last_day(
    on: str, who: list[str]
) -> None:
    """Both edges belong to it; on the day of a hand-over both may be meant."""
    assert holders(on) == who


@pytest.mark.parametrize(
    ("on", "who"),
    [
        (None, ["ilse-brant", "tarek-mool", "vesna-orlin"]),
        ("2031-02", ["tarek-mool", "vesna-orlin"]),
        ("2031-03", ["tarek-mool"]),
        ("2031-06/2031-07", ["tarek-mool"]),
        ("2031-07", []),
        ("2031-08/2031-09", ["ilse-brant"]),
        ("2031", ["ilse-brant", "tarek-mool", "vesna-orlin"]),
        ("../2030-05-09", []),
        ("../2030-06", ["vesna-orlin"]),
        ("2031-07-01/..", ["ilse-brant"]),
    ],
)
def test_a_vague_time_means_all_who_may_be_meant(
    on: str | None, who: list[str]
) -> None:
    """A month over a hand-over, an open side or no date at all decide for nobody."""
    assert holders(on) == who


def test_a_title_is_one_of_its_language() -> None:
    """A title is compared as names are, in the language it belongs to."""
    assert holders("2031-03-01", "MINISTRE  du port") == ["tarek-mool"]
    assert holders("2031-03-01", "ministre") == []
    on = Moment.parse("2031-03-01")
    assert OFFICE.by_title("ministre du Port", language="en", on=on) == ()


@given(st.dates(date(2030, 1, 1), date(2032, 1, 1)), st.integers(0, 200))
def test_a_wider_time_means_no_fewer(day: date, more: int) -> None:
    """Knowing less can add candidates, never drop one."""
    narrow = Moment.of_days(day, day)
    wide = Moment.of_days(day - timedelta(days=more), day + timedelta(days=more))
    assert set(holders(str(narrow))) <= set(holders(str(wide))) <= set(holders(None))
