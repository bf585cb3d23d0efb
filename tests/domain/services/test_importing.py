"""An analyst's statements: recorded under the same rules, and once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.errors import InvalidInputError
from domain.model.ids import UNFILED
from domain.positions.labels import Stance
from domain.services.timelines import TimelineQuery
from tests.support.analyst import OPENS, SAYS, TEXT, Analyst, but
from tests.support.desk import OTHER_TOPIC, open_desk
from tests.support.facts import OTHER_QUESTION, QUESTION, TOPIC


@pytest.fixture
def analyst() -> Iterator[Analyst]:
    """Return an analyst at a desk without statements."""
    with open_desk() as desk:
        yield Analyst(desk)


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
