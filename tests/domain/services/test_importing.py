"""An analyst's statements: recorded under the same rules, once, or refused whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from adapters.articles.memory import MemoryArticleStore
from domain.errors import InvalidInputError, NotFoundError
from domain.model.article import Article
from domain.model.ids import UNFILED
from domain.positions.labels import Stance
from domain.services.capturing import ArticleMetadata
from domain.services.import_format import ImportedArticle
from domain.services.importing import Import, Imported
from domain.services.timelines import TimelineQuery
from tests.support.desk import OTHER_TOPIC, Desk, open_desk
from tests.support.facts import OTHER_QUESTION, QUESTION, TESTER, TOPIC
from tests.support.stores import SteppingClock

TEXT = (
    "« Le port ouvrira », a dit Vesna Orlin. « Pas avant le péage », a-t-elle ajouté."
)
SAYS: dict[str, Any] = {"topic": TOPIC, "question": QUESTION, "commitment": 3}
OPENS: dict[str, Any] = {
    "content": [[2, 17]],
    "words": "Le port ouvrira",
    "cue": [21, 26],
    "agent": "vesna-orlin",
    "speaker": "Vesna Orlin",
    "spoken_at": "2031-02-01",
    "commitment": 3,
    "readings": [SAYS],
}


def article_of(text: str, told: ArticleMetadata) -> Article:
    """Return an article in French."""
    return Article(text=text, language="fr", published_at=told.published_at)


class Analyst:
    """Hands in statements of one article."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.texts = desk, MemoryArticleStore()
        self._import = Import(desk.recording, self.texts, article_of, SteppingClock())

    def hand_in(
        self,
        *statements: dict[str, Any],
        text: str = TEXT,
        published_at: str = "2031-02-03",
    ) -> Imported:
        """Hand in statements as their JSON says them."""
        told = ImportedArticle.model_validate(
            {
                "language": "fr",
                "text": text,
                "published_at": published_at,
                "statements": statements,
            }
        )
        return self._import(told, actor=TESTER)


@pytest.fixture
def analyst() -> Iterator[Analyst]:
    """Return an analyst at a desk without statements."""
    with open_desk() as desk:
        yield Analyst(desk)


def but(**changed: Any) -> dict[str, Any]:
    """Return the statement with some fields otherwise."""
    return {**OPENS, **changed}


def test_a_statement_is_recorded_with_its_article_and_its_readings(
    analyst: Analyst,
) -> None:
    """Words are cut from the text; the position is there at once; the text is kept."""
    done = analyst.hand_in(OPENS)
    (live,) = analyst.desk.timelines.read(TimelineQuery(topic=TOPIC)).statements
    assert live.statement.attribution.words == "Le port ouvrira"
    assert live.statement.attribution.cue is not None
    assert live.statement.attribution.cue.words == "a dit"
    assert (live.id,) == done.statements
    assert analyst.desk.labels() == ["stated"]
    assert analyst.texts.get(done.article) == TEXT
    assert analyst.desk.replays()


def test_the_same_again_changes_nothing(analyst: Analyst) -> None:
    """Importing is idempotent."""
    analyst.hand_in(OPENS)
    head = analyst.desk.log.head()
    assert analyst.hand_in(OPENS).written.events == 0
    assert analyst.desk.log.head() == head


def test_other_judgements_replace_those_on_record(analyst: Analyst) -> None:
    """What is judged otherwise is one decision each; what is new is recorded beside it."""
    analyst.hand_in(OPENS)
    other = {"topic": TOPIC, "question": OTHER_QUESTION, "commitment": -1}
    done = analyst.hand_in(
        but(agent="tarek-mool", spoken_at="2031-02-02", readings=[other]),
        {"content": [[42, 60]], "agent": "vesna-orlin", "topics": [TOPIC]},
    )
    assert sorted(analyst.desk.last_events(done.written.events)) == [
        "speaker-identified.v1",
        "statement-assessed.v1",
        "statement-attributed.v1",
        "statement-dated.v1",
    ]
    (position,), (aside,) = analyst.desk.timeline()
    assert (position.question, position.holder) == (OTHER_QUESTION, "tarek-mool")
    assert aside.reason == "no_reading"


def test_what_was_withdrawn_is_not_brought_back(analyst: Analyst) -> None:
    """Handing it in again is no re-recording, and who does is told that it is out."""
    (statement,) = analyst.hand_in(OPENS).statements
    analyst.desk.decide("withdraw", statement=statement)
    again = analyst.hand_in(but(spoken_at="2031-02-02"))
    assert (again.written.events, again.withdrawn) == (0, (statement,))
    assert analyst.desk.labels() == []


def test_what_was_withdrawn_everywhere_is_not_recorded_elsewhere(
    analyst: Analyst,
) -> None:
    """Neither under another topic nor as unfiled: it should never have been recorded."""
    (statement,) = analyst.hand_in(OPENS).statements
    analyst.desk.decide("withdraw", statement=statement)
    for topics in ([], [OTHER_TOPIC]):
        done = analyst.hand_in(but(readings=[], topics=topics))
        assert done.written.events == 0


def test_who_spoke_and_when_is_so_in_every_topic_that_carries_it(
    analyst: Analyst,
) -> None:
    """A statement handed in under one topic has one speaker and one day in the others."""
    for topic in (TOPIC, OTHER_TOPIC):
        analyst.hand_in(but(readings=[], topics=[topic]))
    analyst.hand_in(
        but(agent="tarek-mool", spoken_at="2031-02-02", readings=[], topics=[TOPIC])
    )
    for topic in (TOPIC, OTHER_TOPIC):
        (live,) = analyst.desk.timelines.read(TimelineQuery(topic=topic)).statements
        assert live.statement.identification.agent == "tarek-mool"
        assert str(live.statement.dating.spoken_at) == "2031-02-02"


def test_what_the_speaker_held_in_another_topic_follows_the_speaker(
    analyst: Analyst,
) -> None:
    """As where a speaker is identified: what was held under the old name is the new one's."""
    held = {"topic": TOPIC, "question": QUESTION, "commitment": 3}
    analyst.hand_in(but(readings=[held | {"holder": "vesna-orlin"}]))
    analyst.hand_in(but(agent="tarek-mool", readings=[], topics=[OTHER_TOPIC]))
    ((position,), _) = analyst.desk.timeline()
    assert position.holder == "tarek-mool"


def test_an_import_names_itself_as_the_rule_of_all_that_it_judges(
    analyst: Analyst,
) -> None:
    """Also of whose it is in a topic that it does not name; a decision is a person's."""
    held = {"topic": TOPIC, "question": QUESTION, "commitment": 3}
    analyst.hand_in(but(readings=[held | {"holder": "vesna-orlin"}]))
    (statement,) = analyst.hand_in(
        but(agent="tarek-mool", readings=[], topics=[OTHER_TOPIC])
    ).statements
    assert rules(analyst) == ("import", "import")
    analyst.hand_in(but(agent="tarek-mool", readings=[held | {"holder": "tarek-mool"}]))
    assert rules(analyst) == ("import", "import")
    analyst.desk.decide("identify", statement=statement, agent="vesna-orlin")
    assert rules(analyst) == ("person", "person")


def rules(analyst: Analyst) -> tuple[str, str]:
    """Return the rules of who spoke, and of what was said."""
    (live,) = analyst.desk.timelines.read(TimelineQuery(topic=TOPIC)).statements
    return live.statement.identification.rule, live.statement.assessment.rule


def test_what_is_linked_is_linked_where_it_is_handed_in_as_well(
    analyst: Analyst,
) -> None:
    """One utterance is one in every topic that carries its reports, in one file too."""
    other = {"content": [[42, 60]], "agent": "vesna-orlin", "spoken_at": "2031-02-02"}
    says = {"readings": [], "topics": [TOPIC]}
    first, second = analyst.hand_in(but(**says), other | says).statements
    analyst.desk.decide("link", first=first, second=second)
    says["topics"] = [OTHER_TOPIC]
    assert analyst.hand_in(but(**says), other | says).written.events == 3
    told = analyst.desk.timelines.read(TimelineQuery(topic=OTHER_TOPIC)).statements
    assert [len(each.linked) for each in told] == [1, 1]


def test_a_statement_of_no_topic_is_kept_unfiled(analyst: Analyst) -> None:
    """Nothing is dropped."""
    analyst.hand_in({"content": [[2, 17]]})
    assert [a.reason for a in analyst.desk.timeline(UNFILED)[1]] == ["no_reading"]


@pytest.mark.parametrize(
    ("told", "error", "message"),
    [
        (but(content=[[2, 900]]), InvalidInputError, "is no span of a text of"),
        (but(content=[[17, 2]]), InvalidInputError, "is no span"),
        (but(content=[[2, 9], [5, 17]]), InvalidInputError, "overlap"),
        (but(cue=[-1, 3]), InvalidInputError, "is no span"),
        (but(content=[[19, 20]], words=None), InvalidInputError, "has no words"),
        (but(topics=[UNFILED]), InvalidInputError, "unfiled is for what no topic"),
        (but(words="Le port ouvrirait"), InvalidInputError, "the text has"),
        (but(agent="nobody"), NotFoundError, "no agent 'nobody'"),
        (but(topics=["nowhere"]), NotFoundError, "no topic 'nowhere'"),
        (but(spoken_at="2031-02-04"), InvalidInputError, "after 2031-02-03"),
        (but(spoken_at="1850"), InvalidInputError, "1900 to 2100"),
        (
            but(readings=[{"topic": TOPIC, "question": "what", "commitment": 1}]),
            NotFoundError,
            "no question 'what' on record in harbour",
        ),
        (
            but(readings=[SAYS, SAYS | {"holder": "vesna-orlin", "commitment": -3}]),
            InvalidInputError,
            r"two readings of 'open-the-harbour' by one holder \(vesna-orlin\)",
        ),
    ],
)
def test_what_is_invalid_is_refused_whole(
    analyst: Analyst, told: dict[str, Any], error: type[Exception], message: str
) -> None:
    """One bad statement, and nothing of its article is recorded."""
    head = analyst.desk.log.head()
    good = {"content": [[42, 60]], "agent": "vesna-orlin"}
    with pytest.raises(error, match=message):
        analyst.hand_in(good, told)
    assert analyst.desk.log.head() == head


def test_what_was_filed_is_not_withdrawn_from_what_no_topic_claims(
    analyst: Analyst,
) -> None:
    """It left that when a topic claimed it: nobody withdrew it, and nothing is lost."""
    (statement,) = analyst.hand_in(but(readings=[])).statements
    analyst.desk.decide("file", statement=statement, topic=TOPIC)
    assert analyst.hand_in(but(readings=[])).withdrawn == ()


def test_what_one_holds_is_assessed_in_all_topics_and_others_keep_theirs(
    analyst: Analyst,
) -> None:
    """Also where a topic has the position of another alone: nobody takes its place."""
    asked = {"kind": "policy", "labels": {"en": "Open?"}}
    analyst.desk.decide("pose", topic=OTHER_TOPIC, question=QUESTION, **asked)
    theirs = SAYS | {"holder": "tarek-mool", "commitment": -3}
    said = but(readings=[SAYS, theirs, SAYS | {"topic": OTHER_TOPIC}])
    (statement,) = analyst.hand_in(said).statements
    told = {"statement": statement, "question": QUESTION, "holder": "tarek-mool"}
    analyst.desk.decide("assess", commitment=-1, **told)
    for topic in (TOPIC, OTHER_TOPIC):
        positions, _ = analyst.desk.timeline(topic)
        held = {
            each.holder: each.value.commitment
            for each in positions
            if isinstance(each.value, Stance)
        }
        assert held == {"tarek-mool": -1, "vesna-orlin": 3}


def test_a_text_on_record_was_published_when_it_is_on_record(analyst: Analyst) -> None:
    """Another day that is handed in is left out and named, and makes no date possible."""
    analyst.hand_in(OPENS)
    again = analyst.hand_in(OPENS, published_at="2031-03-01")
    assert (again.differs, again.written.events) == (("published_at",), 0)
    later = {"content": [[42, 60]], "spoken_at": "2031-02-20"}
    with pytest.raises(InvalidInputError, match="is after 2031-02-03"):
        analyst.hand_in(later, published_at="2031-03-01")
    assert analyst.hand_in(OPENS).differs == ()


def test_two_statements_of_one_content_are_refused(analyst: Analyst) -> None:
    """A statement is its place in the article."""
    with pytest.raises(InvalidInputError, match="two statements"):
        analyst.hand_in(OPENS, but(spoken_at=None))


def test_a_new_statement_that_shares_words_with_another_is_refused(
    analyst: Analyst,
) -> None:
    """One utterance is one statement: the message names the one on record."""
    (statement,) = analyst.hand_in(OPENS).statements
    head = analyst.desk.log.head()
    wider = but(content=[[0, 19]], words=None)
    with pytest.raises(InvalidInputError, match=rf"{statement}, which has \[2, 17\]"):
        analyst.hand_in(wider)
    assert analyst.desk.log.head() == head
    analyst.desk.decide("withdraw", statement=statement)
    assert analyst.hand_in(wider).written.events == 1


def test_statements_that_share_words_may_be_handed_in_together(
    analyst: Analyst,
) -> None:
    """Somebody is quoted saying what another said: both, and again, with new ones."""
    inner = {"content": [[2, 9]], "agent": "tarek-mool", "topics": [TOPIC]}
    assert len(analyst.hand_in(OPENS, inner).statements) == 2
    assert analyst.hand_in(OPENS, inner).written.events == 0


def test_words_are_evidence_once_for_who_speaks_them(analyst: Analyst) -> None:
    """Handed in as two statements, one utterance of one speaker reaffirmed itself."""
    inner = but(content=[[2, 9]], words=None, speaker="V. Orlin")
    head = analyst.desk.log.head()
    with pytest.raises(
        InvalidInputError,
        match=r"\[2, 9\] and \[2, 17\] share words, and both answer open-the-harbour of "
        "harbour-treaty for vesna-orlin by one speaker: give the reading to one",
    ):
        analyst.hand_in(OPENS, inner)
    assert analyst.desk.log.head() == head


@pytest.mark.parametrize(
    "inner",
    [
        {"agent": "tarek-mool", "speaker": None},
        {"agent": None, "speaker": "V. Orlin"},
        {"readings": []},
        {"readings": [SAYS | {"question": OTHER_QUESTION}]},
        {"readings": [SAYS | {"holder": "pilots"}]},
        {"content": [[42, 60]]},
    ],
    ids=[
        "another speaker",
        "another name",
        "no reading",
        "question",
        "holder",
        "other words",
    ],
)
def test_what_is_not_the_same_evidence_may_be_handed_in_together(
    analyst: Analyst, inner: dict[str, Any]
) -> None:
    """Of another speaker, on another question, of another holder, or in other words."""
    told = {"content": [[2, 9]], "words": None, **inner}
    assert len(analyst.hand_in(OPENS, but(**told)).statements) == 2


def test_words_are_evidence_once_for_whom_nobody_named_reports_of(
    analyst: Analyst,
) -> None:
    """Of nobody named one speaker is as good as another; what they hold is nobody's."""
    unnamed = {"agent": None, "speaker": None}
    inner = but(content=[[2, 9]], words=None, **unnamed)
    assert len(analyst.hand_in(but(**unnamed), inner).statements) == 2
    of = {"readings": [SAYS | {"holder": "pilots"}]}
    with pytest.raises(InvalidInputError, match="for pilots by one speaker"):
        analyst.hand_in(but(**unnamed | of), inner | of)


@pytest.mark.parametrize("name", ["  ", "Ves\u202ena", "V\x00", "x" * 201])
def test_a_speaker_is_named_in_words_that_can_be_read(
    analyst: Analyst, name: str
) -> None:
    """As where a speaker is decided on: nothing hidden, blank or endless."""
    for field in ("speaker", "on_behalf_of"):
        with pytest.raises(ValidationError, match=field):
            analyst.hand_in(OPENS | {field: name})


def test_a_question_that_was_taken_back_is_to_be_reinstated_first(
    analyst: Analyst,
) -> None:
    """As where it is decided on."""
    analyst.desk.decide("withdraw-question", topic=TOPIC, question=QUESTION)
    with pytest.raises(InvalidInputError, match="was taken back: reinstate it first"):
        analyst.hand_in(OPENS)
    analyst.desk.decide("reinstate-question", topic=TOPIC, question=QUESTION)
    assert analyst.hand_in(OPENS).written.events


@pytest.mark.parametrize("condition", ["toll-first:for_now", "for-now:deadline"])
def test_conditions_are_those_of_decisions(analyst: Analyst, condition: str) -> None:
    """What is for now is of one kind, here as well."""
    with pytest.raises(ValidationError, match="should be for-now, the one"):
        analyst.hand_in(but(readings=[SAYS | {"conditions": [condition]}]))


def test_what_a_topic_claims_is_not_unfiled(analyst: Analyst) -> None:
    """Handed in under a topic it leaves what none claims; without one it stays there."""
    bare = {"content": [[2, 17]], "agent": "vesna-orlin", "speaker": "Vesna Orlin"}
    analyst.hand_in(bare)
    assert len(analyst.desk.timeline(UNFILED)[1]) == 1
    analyst.hand_in(OPENS)
    assert analyst.desk.timeline(UNFILED) == ((), ())
    assert analyst.desk.labels() == ["stated"]
    analyst.hand_in(bare | {"spoken_at": "2031-02-02"})
    assert analyst.desk.timeline(UNFILED) == ((), ())
    (position,), _ = analyst.desk.timeline()
    assert str(position.earliest) == "2031-02-02"
    assert analyst.desk.replays()
