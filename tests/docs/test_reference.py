"""The reference is complete: every page is held against the code that it describes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import click
import pytest
from litestar import Litestar
from pydantic import BaseModel

from api.app import Settings, load, open_services
from api.commands.console import Exit
from api.commands.group import onrecord
from api.http import create_app
from api.pages.bars import MOST_ROWS
from api.pages.chart import MOST_LINES
from api.pages.words import SIGNS
from api.problems import KINDS
from domain.attribution.lexicon import Lexicon
from domain.attribution.lexicon_entries import CueClass
from domain.attribution.record import ArticleRecord, StatementRecord
from domain.attribution.topic_terms import (
    ConditionTerms,
    Pattern,
    QuestionTerms,
    ReadingRule,
    TopicTerms,
)
from domain.decisions.commands import COMMANDS
from domain.events.agent import Verdict
from domain.events.base import Event
from domain.events.registry import EVENTS
from domain.events.topic import LinkKind
from domain.model.agent import Agent, AgentKind, Alias, AliasKind, RoleHolding
from domain.model.article import Capture, Marked, Skipped
from domain.model.commitment import Act, Condition, ConditionKind, Reading, Relation
from domain.model.statement import (
    Assessment,
    Attribution,
    DateBasis,
    Dating,
    Filing,
    Frame,
    Identification,
    Kind,
    Resolution,
)
from domain.model.topic import QuestionKind
from domain.positions.interval import WIDEST
from domain.positions.labels import RULES, Label, NoStance, Stance
from domain.positions.timeline import Reason
from domain.positions.wording import value_in_words
from domain.services.capturing import ArticleMetadata
from domain.services.import_format import (
    ImportedArticle,
    ImportedReading,
    ImportedStatement,
)
from tests.docs.pages import DOCS, ROOT

REFERENCE = DOCS / "reference"


def page(name: str) -> str:
    """Return the text of a page of the reference."""
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next one of its rank or above."""
    found = re.search(rf"^(#+) {re.escape(heading)}$\n", text, re.MULTILINE)
    assert found, f"no heading {heading!r}"
    rank = len(found[1])
    rest = text[found.end() :]
    end = re.search(rf"^#{{1,{rank}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def introduction(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next one of any rank."""
    return re.split(r"^#+ ", section(text, heading), flags=re.MULTILINE)[0]


def coded(text: str) -> set[str]:
    """Return everything that is set as code outside of blocks."""
    return set(re.findall(r"`([^`\n]+)`", text))


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of the rows of all tables."""
    for line in re.findall(r"^\|(.*)\|$", text, re.MULTILINE):
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]


def names(text: str) -> set[str]:
    """Return what is set as code in the first cells of tables."""
    return {name for cells in rows(text) for name in coded(cells[0])}


def fields(*shapes: type[BaseModel]) -> set[str]:
    """Return the names of the fields of some shapes."""
    return {name for shape in shapes for name in shape.model_fields}


def values(*enums: type[StrEnum]) -> set[str]:
    """Return the values of some enumerations."""
    return {each.value for enum in enums for each in enum}


def options_of(command: click.Command) -> Iterator[str]:
    """Yield the options of a command and of the commands under it."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from (opt for opt in parameter.opts if opt.startswith("-"))
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        yield from options_of(below)


@pytest.mark.parametrize("command", sorted(onrecord.commands))
def test_every_command_is_described_with_all_its_options(command: str) -> None:
    """Each command has a heading, and a table row for each option; none too many."""
    told = section(page("command-line"), f"`onrecord {command}`")
    options = set(options_of(onrecord.commands[command]))
    assert {name.partition(" ")[0] for name in names(told)} == options


def test_every_option_before_the_command_is_described() -> None:
    """The options of the group stand in a table of their own."""
    told = names(section(page("command-line"), "Options before the command"))
    options = {opt for parameter in onrecord.params for opt in parameter.opts}
    assert {name.partition(" ")[0] for name in told} == options | {"-h", "--help"}


def test_every_exit_code_is_described() -> None:
    """The table of exit codes is that of the code, by number and name."""
    told = section(page("command-line"), "Exit codes")
    listed = {(cells[0], cells[1]) for cells in rows(told) if cells[0].isdigit()}
    assert listed == {(str(code.value), code.name) for code in Exit}


def test_every_setting_is_described_with_its_default() -> None:
    """Each field of the settings is a row: variable, default."""
    told = {
        cells[0].strip("`"): cells[1].strip("`")
        for cells in rows(page("settings"))
        if cells[0].startswith("`ONRECORD_")
    }
    expected = {
        f"ONRECORD_{name.upper()}": "none" if f.default is None else str(f.default)
        for name, f in Settings.model_fields.items()
    }
    assert told == expected


def test_every_event_is_described_with_all_its_fields() -> None:
    """Each registered name has a row and a section with its fields; none too many."""
    text = page("events")
    assert names(introduction(text, "All events")) == set(EVENTS)
    headings = set(re.findall(r"^### (\S+\.v\d+)$", text, re.MULTILINE))
    assert headings == set(EVENTS)
    for name, event in EVENTS.items():
        assert names(section(text, name)) == fields(event), name


def test_every_event_with_an_identity_is_told_from_those_with_a_place() -> None:
    """The column of sameness says "its place" exactly where no identity is given."""
    told = {
        cells[0].strip("`"): cells[2]
        for cells in rows(introduction(page("events"), "All events"))
        if cells[0].startswith("`")
    }
    by_place = {
        name for name, event in EVENTS.items() if event.identity is Event.identity
    }
    assert {name for name, what in told.items() if what == "its place"} == by_place


@pytest.mark.parametrize(
    ("heading", "shapes"),
    [
        ("Attribution", (Attribution,)),
        ("Identification", (Identification,)),
        ("Dating", (Dating,)),
        ("Assessment", (Assessment, Reading)),
    ],
)
def test_every_part_of_an_event_is_described(
    heading: str, shapes: tuple[type[BaseModel], ...]
) -> None:
    """Each part has a section with its fields; none too many."""
    assert names(section(page("events"), heading)) == fields(*shapes)


def test_every_value_that_an_event_may_hold_is_named() -> None:
    """Enumerations and small parts stand where their field is described."""
    small = fields(Capture, Marked, Skipped, Frame, Filing, Condition, RoleHolding)
    enums = values(Kind, Resolution, DateBasis, Act, Relation, ConditionKind, AgentKind)
    assert not (small | enums) - coded(page("events"))


def test_every_decision_is_described_with_all_its_fields() -> None:
    """Each command is a row with what undoes it, each of its fields a row of its own."""
    text = page("decisions")
    introduced = text.partition("## Statements")[0]
    told = {each.model_fields["do"].default for each in COMMANDS}
    assert names(introduced) - {"do"} == told
    described = names(text.partition("## Statements")[2])
    assert described == fields(*COMMANDS) - {"do", "reason"}
    assert not values(LinkKind, Verdict, QuestionKind) - coded(text)


def test_every_value_is_told_as_the_code_tells_it() -> None:
    """In both languages, from categorically yes to what contradicts itself."""
    values = [*(Stance(commitment=c) for c in range(3, -4, -1)), *NoStance]
    told = [
        cells[1:]
        for cells in rows(section(page("labels"), "How it is told"))
        if cells[1] not in {"in English", "---"}
    ]
    assert told == [
        [value_in_words(value, language) for language in ("en", "fr")]
        for value in values
    ]


def test_the_table_of_labels_is_that_of_the_code() -> None:
    """The rules stand in their order, with number and label."""
    told = [
        (cells[0], cells[1].strip("`"))
        for cells in rows(section(page("labels"), "The rules"))
        if cells[0].isdigit()
    ]
    assert told == [
        (str(number), label.value) for number, (label, _) in enumerate(RULES, start=1)
    ]
    assert {label for _, label in told} == {label.value for label in Label}


def test_the_reasons_beside_the_line_and_the_widest_interval_are_told() -> None:
    """Each reason has a row; the width is the one that the fold uses."""
    told = section(page("labels"), "From statements to blocks")
    assert names(told) == values(Reason)
    assert f"wider than {WIDEST.days} days" in told


def test_the_signs_of_the_chart_and_what_it_leaves_out_are_told() -> None:
    """Each label stands beside its sign, each value is named, the caps are those in force."""
    told = section(page("labels"), "The chart of a topic")
    signs = [
        (cells[at].strip("`"), cells[at + 1].strip("`"))
        for cells in rows(told)
        if len(cells) > 2
        for at in range(0, len(cells), 2)
        if cells[at].startswith("`")
    ]
    assert {label: sign for sign, label in signs} == SIGNS
    assert {"+3", "+2", "+1", "0", "−1", "−2", "−3", "±", "∅", "◇"} <= coded(told)
    assert f"beyond {MOST_ROWS} rows" in told
    assert f"lines beyond {MOST_LINES}" in told


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Litestar]:
    """Return the application over an empty store."""
    folder = tmp_path_factory.mktemp("application")
    settings = load(store=f"sqlite:///{folder / 'record.db'}")
    with open_services(settings, seed=False) as services, catch_warnings():
        simplefilter("ignore", DeprecationWarning)  # what Litestar 3 will refuse
        made = create_app(services)
        _ = made.openapi_schema
        yield made


def _operations(application: Litestar) -> dict[str, set[str]]:
    """Return the documented operations with the names of their query parameters."""
    document: Any = application.openapi_schema.to_schema()
    return {
        f"{method.upper()} {path}": {
            each["name"]
            for each in operation.get("parameters", ())
            if each["in"] == "query"
        }
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "head"
    }


def test_every_route_is_described_with_its_parameters(application: Litestar) -> None:
    """Each operation of the OpenAPI document is a row with exactly its parameters."""
    told = {
        cells[0].strip("`"): coded(cells[1]) if len(cells) > 2 else set()
        for cells in rows(page("http-api"))
        if re.match(r"`(GET|POST|PUT|DELETE|PATCH) ", cells[0])
    }
    assert told == _operations(application)


def test_every_parameter_of_a_route_is_explained(application: Litestar) -> None:
    """What a parameter means stands in the table of parameters."""
    known = set().union(*_operations(application).values())
    assert known <= names(section(page("http-api"), "Topics"))


def test_every_page_of_the_site_is_described(application: Litestar) -> None:
    """Each route that is no API, no file and no health check is a row."""
    paths = {
        re.sub(r":\w+}", "}", route.path)
        for route in application.routes
        if not re.match(
            r"/(api|health|version|metrics|static|docs/static|favicon)", route.path
        )
    }
    assert names(section(page("http-api"), "Pages")) == paths


def test_every_kind_of_problem_is_described() -> None:
    """Type, status and title are those of the code."""
    told = {
        (cells[0].strip("`"), cells[1], cells[2])
        for cells in rows(section(page("http-api"), "Problems"))
        if cells[0].startswith("`")
    }
    assert told == {
        (f"/problems/{kind.slug}", str(kind.status), kind.title)
        for kind in KINDS.values()
    }


def test_every_field_of_a_posted_article_is_described() -> None:
    """The body of the POST is told field by field."""
    from api.routes.records import ArticleIn  # noqa: PLC0415 (the routes need an app)

    told = names(section(page("http-api"), "Statements, articles, agents"))
    assert fields(ArticleIn) <= told


def test_every_field_of_a_posted_decision_is_described() -> None:
    """The bodies of decisions and imports are told field by field."""
    from api.routes.decisions import DecisionIn, ImportIn  # noqa: PLC0415 (the routes need an app)

    told = names(section(page("http-api"), "Decisions"))
    assert fields(DecisionIn, ImportIn) <= told


@pytest.mark.parametrize(
    ("heading", "shapes"),
    [
        ("Agents", (Agent, Alias, RoleHolding)),
        (
            "Topics",
            (TopicTerms, QuestionTerms, ReadingRule, ConditionTerms, Pattern),
        ),
        ("Articles", (ArticleMetadata,)),
    ],
)
def test_every_field_of_a_seed_is_described(
    heading: str, shapes: tuple[type[BaseModel], ...]
) -> None:
    """The form of agents, topics and metadata is complete; no field is made up."""
    assert names(section(page("seeds"), heading)) == fields(*shapes)


def test_every_value_that_a_seed_may_hold_is_named() -> None:
    """Enumerations stand where their field is described."""
    enums = values(AgentKind, AliasKind, ConditionKind, QuestionKind)
    assert not enums - coded(page("seeds"))


def test_every_file_of_a_lexicon_is_described() -> None:
    """Each file of the shipped lexicons, and each field of the type, has a row."""
    told = names(section(page("seeds"), "Lexicons"))
    shipped = {file.name for file in (ROOT / "seeds" / "lexicons").glob("*/*.yaml")}
    wanted = {f"{name}.yaml" for name in fields(Lexicon) - {"language", "version"}}
    assert told == shipped
    assert wanted <= told


def test_every_field_of_an_extracted_article_is_described() -> None:
    """The format of ``extract --jsonl`` is complete; no field is made up."""
    text = page("extract-format")
    assert names(section(text, "Article")) == fields(ArticleRecord)
    assert names(section(text, "Statement")) == fields(StatementRecord)


def test_every_field_that_import_takes_as_well_is_described() -> None:
    """What comes on top of the format of ``extract`` is complete."""
    told = names(section(page("extract-format"), "What import takes as well"))
    on_top = fields(ImportedArticle) - fields(ArticleRecord)
    on_top |= fields(ImportedStatement) - fields(StatementRecord)
    shared = {"commitment", "conditions"}
    assert told == on_top | fields(ImportedReading) - shared


def test_every_dependency_is_justified() -> None:
    """Each package that is asked for has a row with its licence; none too many."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    text = page("dependencies")
    run = {_package(each) for each in project["project"]["dependencies"]}
    work = {_package(each) for each in project["dependency-groups"]["dev"]}
    assert names(section(text, "To run")) == run
    assert names(section(text, "To work on it")) == work
    for cells in rows(text):
        assert all(cells), f"an empty cell for {cells[0]}"


def test_the_glossary_gives_each_word_once() -> None:
    """One meaning a word: no row twice, none without a meaning."""
    listed = [cells[0] for cells in rows(page("glossary"))]
    assert len(listed) == len(set(listed))
    assert all(cells[1] for cells in rows(page("glossary")))


def test_the_acts_of_cues_are_acts_or_ways_of_saying() -> None:
    """The table of acts in the events covers what lexicons may name."""
    acts = values(CueClass) - {"say", "add"}
    assert acts <= coded(section(page("events"), "Assessment"))


def _package(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None
    return found[0]


def test_the_benchmarks_say_when_and_where_they_were_run() -> None:
    """A figure without a date and a machine is no figure."""
    text = page("benchmarks")
    assert re.search(r"\d{4}-\d{2}-\d{2}", text)
    assert "cores" in text
    assert Path(ROOT / "tests" / "benchmarks").is_dir()
    assert "make bench" in text
