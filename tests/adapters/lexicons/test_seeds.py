"""Seeds go together, or are refused at the line that breaks them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from adapters.lexicons.seeds import LexiconAbout, Seeds, shipped
from adapters.lexicons.yaml_file import load_yaml
from domain.attribution.date_words import DateWords
from domain.attribution.lexicon import Lexicon
from domain.attribution.topic_terms import TopicTerms
from domain.errors import InvalidSeedError
from domain.model.agent import Agent, AliasKind
from domain.model.ids import article_id
from domain.services.capturing import ArticleMetadata
from tests.support.seeds import SEEDS

AGENTS = """\
- id: valdoria
  kind: state
  labels: {en: Valdoria}
  aliases:
    - {form: Valdorie, language: fr}
    - {form: VAL, language: fr, kind: acronym}
- id: vesna-orlin
  kind: person
  labels: {en: Vesna Orlin}
  aliases:
    - {form: Vesna Orlin, language: fr}
    - {form: Orlin, language: fr, kind: surname}
  roles:
    - post: harbour-minister
      organisation: valdoria
      held: 2030-05-10/2031-02-14
      source: almanac of Valdoria
- id: ilse-orlin
  kind: person
  labels: {en: Ilse Orlin}
  aliases:
    - {form: Ilse Orlin, language: fr}
    - {form: Orlin, language: fr, kind: surname}
  roles:
    - post: harbour-minister
      organisation: valdoria
      held: 2031-02-14/..
      source: almanac of Valdoria
"""
TOPIC = """\
id: harbour-treaty
labels: {en: The harbour treaty}
fiction: true
agents: [vesna-orlin]
patterns:
  - {language: fr, all: [[port], [traité]]}
questions:
  - id: open-the-harbour
    kind: policy
    labels: {en: "Should the harbour open?"}
    readings:
      - id: open
        conditions: [toll-first]
        patterns:
          - {language: fr, all: [[rouvr]]}
    conditions:
      - id: toll-first
        kind: precondition
        labels: {en: toll first}
        patterns:
          - {language: fr, all: [[péage]]}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder of seeds of one's own."""
    (tmp_path / "agents").mkdir()
    (tmp_path / "topics").mkdir()
    (tmp_path / "agents" / "valdoria.yaml").write_text(AGENTS, encoding="utf-8")
    (tmp_path / "topics" / "harbour.yaml").write_text(TOPIC, encoding="utf-8")
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence of some words in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# --- what is shipped -----------------------------------------------------------------


def test_the_shipped_seeds_go_together() -> None:
    """Agents, topics and lexicons pass every check that is made on a user's own."""
    assert len(SEEDS.agents) >= 15
    assert len(SEEDS.topics) >= 3
    assert set(SEEDS.lexicons) == set(SEEDS.date_words)


def test_every_shipped_file_is_read_by_some_kind() -> None:
    """Nothing lies in the seeds that no check looks at."""
    kinds = {"agents", "topics", "articles", "lexicons", "demo"}
    for path in shipped().rglob("*.y*ml"):
        assert path.suffix == ".yaml"
        assert path.relative_to(shipped()).parts[0] in kinds, path


def test_every_shipped_article_has_metadata_that_pin_its_text() -> None:
    """The file beside an article is checked, and names the very text."""
    for path in SEEDS.articles():
        told = load_yaml(path.with_suffix(".yaml"), ArticleMetadata)
        assert told.sha256 == article_id(path.read_bytes().decode())
        assert told.language
        assert told.published_at_basis == "stated" or told.published_at_note


@pytest.mark.parametrize(
    "shape",
    [tuple[Agent, ...], TopicTerms, Lexicon, LexiconAbout, DateWords, ArticleMetadata],
)
def test_every_kind_of_file_has_a_schema(shape: type) -> None:
    """The shape of each kind can be handed to an editor as a JSON Schema."""
    schema = TypeAdapter(shape).json_schema()
    text = str(schema)
    assert "additionalProperties': False" in text
    assert "Moment" not in text


# --- one's own --------------------------------------------------------------------------


def test_a_folder_of_ones_own_adds_topics_and_agents(own: Path) -> None:
    """They come after the shipped ones and may refer to them."""
    change(own / "topics" / "harbour.yaml", "[vesna-orlin]", "[vesna-orlin, kremlin]")
    both = Seeds((shipped(), own))
    assert both.topics[:-1] == SEEDS.topics
    assert both.topics[-1].id == "harbour-treaty"
    assert both.topics[-1].topic().fiction
    named = both.register.named("vesna orlin")
    assert named is not None
    assert named.id == "vesna-orlin"


@pytest.mark.slow
def test_a_folder_of_ones_own_leaves_the_shipped_lexicons(own: Path) -> None:
    """Its topics and agents are read with the words that we ship."""
    assert Seeds((shipped(), own)).lexicons == SEEDS.lexicons


def test_a_folder_alone_is_enough(own: Path) -> None:
    """Kinds that it lacks are empty."""
    seeds = Seeds((own,))
    assert len(seeds.agents) == 3
    assert (seeds.lexicons, seeds.date_words, seeds.articles()) == ({}, {}, [])


def test_hand_over_and_a_shared_surname_are_no_errors(own: Path) -> None:
    """Two holders share the day of the hand-over, two agents a surname."""
    orlins = Seeds((own,)).register.by_surname("Orlin")
    assert [agent.id for agent in orlins] == ["ilse-orlin", "vesna-orlin"]


def test_files_that_editors_leave_are_passed_over(own: Path) -> None:
    """Names that begin with a dot are no seeds."""
    (own / "topics" / "._harbour.yaml").write_bytes(b"\x00\x05\x16\x07")
    assert [topic.id for topic in Seeds((own,)).topics] == ["harbour-treaty"]


def test_a_file_that_would_be_passed_over_by_its_name_is_refused(own: Path) -> None:
    """``.yml`` is not ignored in silence."""
    (own / "topics" / "harbour.yaml").rename(own / "topics" / "harbour.yml")
    with pytest.raises(
        InvalidSeedError, match=r"harbour\.yml: its name must end in \.yaml"
    ):
        _ = Seeds((own,)).topics


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A wrong path gives no empty seeds."""
    with pytest.raises(InvalidSeedError, match="no such folder of seeds"):
        _ = Seeds((tmp_path / "missing",)).agents


def _twice(own: Path) -> None:
    shutil.copy(own / "topics" / "harbour.yaml", own / "topics" / "other.yaml")


def _agents(old: str, new: str) -> Callable[[Path], None]:
    return lambda own: change(own / "agents" / "valdoria.yaml", old, new)


def _topic(old: str, new: str) -> Callable[[Path], None]:
    return lambda own: change(own / "topics" / "harbour.yaml", old, new)


CONDITION = TOPIC[TOPIC.index("      - id: toll-first") :]
QUESTION = TOPIC[TOPIC.index("  - id: open-the-harbour") :]
READING = TOPIC[TOPIC.index("      - id: open\n") : TOPIC.index("    conditions:\n")]
BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "an agent twice": (
        _agents("id: ilse-orlin", "id: vesna-orlin"),
        r"valdoria.yaml:18: agent 'vesna-orlin' stands twice",
    ),
    "an agent of the seeds that we ship": (
        _agents("id: ilse-orlin", "id: kremlin"),
        r"valdoria.yaml:18: agent 'kremlin' stands twice",
    ),
    "no English label": (
        _agents("{en: Valdoria}", "{fr: Valdorie}"),
        r"valdoria.yaml:3: valdoria: no English label",
    ),
    "a name of another": (
        _agents("form: Ilse Orlin", "form: VESNA  ORLIN"),
        r"valdoria.yaml:22: ilse-orlin: 'VESNA  ORLIN' is a name of 'vesna-orlin' too",
    ),
    "a name that is a surname of another": (
        _agents("form: Ilse Orlin", "form: Orlin"),
        r"valdoria.yaml:22: .*'Orlin' is a name of 'vesna-orlin' too",
    ),
    "a surname that is a name of another": (
        _agents("{form: Orlin,", "{form: Valdorie,"),
        r"valdoria.yaml:12: .*'Valdorie' is a name of 'valdoria' too",
    ),
    "an acronym of another": (
        _agents("form: Ilse Orlin", "form: val"),
        r"valdoria.yaml:22: .*'val' is a name of 'valdoria' too",
    ),
    "a name of a shipped agent": (
        _agents("form: Ilse Orlin", "form: dmitri peskov"),
        r"valdoria.yaml:22: .*is a name of 'peskov' too",
    ),
    "two holders of one seat": (
        _agents("held: 2031-02-14/..", "held: 2031-02-13/.."),
        r"valdoria.yaml:27: vesna-orlin and ilse-orlin hold 'harbour-minister' at one time",
    ),
    "a month that overlaps": (
        _agents("held: 2031-02-14/..", "held: 2031-02/.."),
        r"valdoria.yaml:27: .*at one time",
    ),
    "an organisation that is nobody": (
        _agents("organisation: valdoria", "organisation: karovia"),
        r"valdoria.yaml:14: vesna-orlin: no agent 'karovia' in the seeds",
    ),
    "a body spoken for that is nobody": (
        _agents(
            "      held: 2030-05-10",
            "      on_behalf_of: karovia\n      held: 2030-05-10",
        ),
        r"valdoria.yaml:14: vesna-orlin: no agent 'karovia'",
    ),
    "a role without a source": (
        _agents("      source: almanac of Valdoria\n", ""),
        r"valdoria.yaml:14: 1.roles.0.source: is missing",
    ),
    "a role with an empty source": (
        _agents("source: almanac of Valdoria", "source: ''"),
        r"valdoria.yaml:17: 1.roles.0.source",
    ),
    "a bad date of a role": (
        _agents("2030-05-10/2031-02-14", "2031-02-14/2030-05-10"),
        r"valdoria.yaml:16: 1.roles.0.held: .*ends before it begins",
    ),
    "an id that is no slug": (
        _agents("id: valdoria", "id: Valdoria"),
        r"valdoria.yaml:1: 0.id: should be an id of small letters",
    ),
    "an unknown kind": (
        _agents("kind: state", "kind: planet"),
        r"valdoria.yaml:2: 0.kind",
    ),
    "a topic twice": (_twice, r"other.yaml:1: topic 'harbour-treaty' stands twice"),
    "the topic of what no topic claims": (
        _topic("id: harbour-treaty", "id: unfiled"),
        r"harbour.yaml:1: 'unfiled' is kept",
    ),
    "a topic without a label": (
        _topic("labels: {en: The harbour treaty}", "labels: {}"),
        r"harbour.yaml:2: harbour-treaty: no label",
    ),
    "a topic of an unknown agent": (
        _topic("[vesna-orlin]", "[vesna-orlin, tarek-mool]"),
        r"harbour.yaml:4: no agent 'tarek-mool' in the seeds",
    ),
    "a question twice": (
        lambda own: change(own / "topics" / "harbour.yaml", QUESTION, QUESTION * 2),
        r"harbour.yaml:22: question 'open-the-harbour' stands twice",
    ),
    "a condition twice": (
        lambda own: change(own / "topics" / "harbour.yaml", CONDITION, CONDITION * 2),
        r"harbour.yaml:22: condition 'toll-first' stands twice",
    ),
    "a reading twice": (
        lambda own: change(own / "topics" / "harbour.yaml", READING, READING * 2),
        r"harbour.yaml:16: reading 'open' stands twice",
    ),
    "a reading on an unknown condition": (
        _topic("[toll-first]", "[toll-last]"),
        r"harbour.yaml:13: open-the-harbour: no condition 'toll-last'",
    ),
    "a reading of an unknown holder": (
        _topic("      - id: open\n", "      - id: open\n        holder: tarek-mool\n"),
        r"harbour.yaml:13: no agent 'tarek-mool'",
    ),
    "another condition for now": (
        _topic("kind: precondition", "kind: for_now"),
        r"harbour.yaml:17: 'for-now' is the one condition of kind 'for_now'",
    ),
    "for now as another kind": (
        lambda own: (
            _topic("id: toll-first", "id: for-now")(own),
            _topic("[toll-first]", "[for-now]")(own),
        )[0],
        r"harbour.yaml:17: 'for-now' is the one condition",
    ),
    "a pattern without words": (
        _topic("[[rouvr]]", "[[]]"),
        r"harbour.yaml:15: questions.0.readings.0.patterns.0.all.0",
    ),
    "a commitment off the scale": (
        _topic("        conditions: [toll-first]", "        commitment: 4"),
        r"harbour.yaml:13: questions.0.readings.0.commitment",
    ),
    "an unknown key": (
        _topic("fiction: true", "fictional: true"),
        r"harbour.yaml:3: fictional: is no known field",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_does_not_go_together_is_refused_at_its_line(case: str, own: Path) -> None:
    """File, line and reason are told, whether one file is wrong or two disagree."""
    spoil, told = BAD[case]
    spoil(own)
    folders = (shipped(), own) if "ship" in case else (own,)
    seeds = Seeds(folders)
    with pytest.raises(InvalidSeedError, match=told) as caught:
        _ = (seeds.agents, seeds.topics)
    assert caught.value.file.startswith(str(own))
    assert caught.value.line


def test_more_seats_than_one_may_be_held_together(own: Path) -> None:
    """A post that says so has several holders."""
    path = own / "agents" / "valdoria.yaml"
    change(path, "held: 2031-02-14/..", "held: 2030/..\n      single_seat: false")
    assert len(Seeds((own,)).agents) == 3


def test_a_nickname_may_be_shared_and_names_nobody(own: Path) -> None:
    """Only names proper are of one agent; what is shared resolves to nobody."""
    path = own / "agents" / "valdoria.yaml"
    for _ in range(2):
        change(
            path,
            "{form: Orlin, language: fr, kind: surname}",
            "{form: Oree, language: fr, kind: nickname}",
        )
    assert Seeds((own,)).register.named("Oree") is None


# --- lexicons --------------------------------------------------------------------------


@pytest.fixture
def french(tmp_path: Path) -> Path:
    """Return a copy of the French lexicon in a folder of one's own."""
    shutil.copytree(shipped() / "lexicons" / "fr", tmp_path / "lexicons" / "fr")
    return tmp_path / "lexicons" / "fr"


def test_a_lexicon_is_a_folder_with_a_file_a_field(french: Path) -> None:
    """A copy is the same lexicon."""
    assert Seeds((french.parents[1],)).lexicons["fr"] == SEEDS.lexicons["fr"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("verbs.yaml", None, r"verbs.yaml: No such file"),
        ("lexicon.yaml", "language: fr\n", r"lexicon.yaml:1: version: is missing"),
        (
            "lexicon.yaml",
            'language: en\nversion: "1"\n',
            r"lexicon.yaml:1: expected language 'fr'",
        ),
        (
            "lexicon.yaml",
            "language: fr\nversion: 1\n",
            r"lexicon.yaml:2: version: should be a text",
        ),
        (
            "modals.yaml",
            "- {lemma: pouvoir, commitment: 4, example: x}\n",
            r"modals.yaml:1: 0.commitment",
        ),
        (
            "hedges.yaml",
            "{}\n",
            r"hedges.yaml:1: \w+: is missing",
        ),
        (
            "verbs.yaml",
            "- lemma: dire\n  participle: dit\n  example: x\n  kind: sing\n",
            r"verbs.yaml:4: 0.kind",
        ),
    ],
)
def test_a_bad_file_of_a_lexicon_is_refused(
    french: Path, name: str, content: str | None, told: str
) -> None:
    """Each file is checked as what it is, and none may be missing."""
    if content is None:
        (french / name).unlink()
    else:
        (french / name).write_text(content, encoding="utf-8")
    with pytest.raises(InvalidSeedError, match=told):
        _ = Seeds((french.parents[1],)).lexicons


def test_a_bad_word_list_for_dates_is_refused(french: Path) -> None:
    """A year has twelve months in every language."""
    change(french / "dates.yaml", '  - ["janvier"]\n', "")
    with pytest.raises(
        InvalidSeedError, match=r"dates.yaml:2: .*months: should have at least 12"
    ):
        _ = Seeds((french.parents[1],)).date_words


def test_kinds_of_names_that_are_of_one_agent() -> None:
    """The rule is written down: full names, acronyms and former names are unique."""
    unique = {AliasKind.FULL, AliasKind.ACRONYM, AliasKind.FORMER}
    assert unique == set(AliasKind) - {AliasKind.SURNAME, AliasKind.NICKNAME}
