"""Under which topics a statement is filed, and what it says on their questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import ValidationError

from domain.attribution.draft import Draft
from domain.attribution.filing import Filer
from domain.attribution.matching import fold_text, match
from domain.attribution.topic_terms import Pattern, TopicTerms
from domain.model.article import Article
from domain.model.commitment import Act, Polarity, Reading, Relation
from domain.model.extraction import Filed
from domain.model.ids import UNFILED
from domain.model.register import AgentRegister
from tests.support.drafts import Told


def pattern(*groups: Sequence[str], **more: Any) -> dict[str, Any]:
    """Return a French pattern: one of each group."""
    return {"language": "fr", "all": [list(group) for group in groups]} | more


HARBOUR = TopicTerms.model_validate(
    {
        "id": "harbour-treaty",
        "labels": {"en": "The harbour treaty"},
        "patterns": [pattern(["port$"], ["péage", "traité"]), pattern(["rade"])],
        "questions": [
            {
                "id": "open-the-harbour",
                "kind": "policy",
                "labels": {"en": "Should the harbour open?"},
                "readings": [
                    {
                        "id": "declined",
                        "act": "decline",
                        "commitment": 0,
                        "patterns": [pattern(["commenter"])],
                    },
                    {
                        "id": "shut",
                        "sign": -1,
                        "patterns": [pattern(["fermé", "fermer"])],
                    },
                    {"id": "open", "patterns": [pattern(["rouv", "ouvert"])]},
                ],
                "conditions": [
                    {
                        "id": "toll-first",
                        "kind": "precondition",
                        "labels": {"en": "toll first"},
                        "patterns": [pattern(["péage"], ["payé"])],
                    },
                    {
                        "id": "for-now",
                        "kind": "for_now",
                        "labels": {"en": "for now"},
                        "patterns": [pattern(["pas encore"])],
                    },
                ],
            },
            {
                "id": "orlin-invites",
                "kind": "state",
                "labels": {"en": "Does Orlin invite Mool?"},
                "readings": [
                    {
                        "id": "invited",
                        "act": "invite",
                        "commitment": 3,
                        "holder": "vesna-orlin",
                        "patterns": [pattern(["orlin"], ["invit"])],
                    },
                    {
                        "id": "denied",
                        "polarity": "negated",
                        "patterns": [pattern(["invit"])],
                    },
                ],
            },
        ],
    }
)
BRIDGE = TopicTerms.model_validate(
    {
        "id": "great-bridge",
        "labels": {"en": "The great bridge"},
        "patterns": [pattern(["pont"])],
    }
)
FILER = Filer([HARBOUR, BRIDGE], AgentRegister([]))


def file(told: Told, *drafts: Draft) -> list[tuple[Filed, ...]]:
    """Return what each statement is filed under."""
    return list(FILER(drafts, Article(text=told.text, language="fr")))


def filed(told: Told, *drafts: Draft) -> list[list[tuple[str, str]]]:
    """Return topic and rule of each statement."""
    return [
        [(each.topic, each.filing.rule.removeprefix("filed-by-")) for each in where]
        for where in file(told, *drafts)
    ]


def says(content: str, **changed: Any) -> dict[str, Reading]:
    """Return the readings of a statement on the harbour, by question."""
    told = Told(f"Une rade. {content} Fin.")
    (where,) = file(told, told.draft("Une rade"), told.draft(content, **changed))[1:]
    return {str(r.question): r for each in where for r in each.assessment.readings}


# --- filing ----------------------------------------------------------------------------


def test_what_is_said_files_a_statement() -> None:
    """One word of each group of a pattern, and the words that matched are kept."""
    told = Told("Le Port rouvre et le traité tient. Le port rouvre.")
    whole = told.draft("Le Port rouvre et le traité tient")
    assert filed(told, whole) == [[("harbour-treaty", "content")]]
    assert file(told, whole)[0][0].filing.matched == ("port$", "traité")


def test_a_part_of_a_pattern_files_nothing() -> None:
    """One word alone is not the topic: it is kept under no topic."""
    told = Told("Le port rouvre.")
    assert filed(told, told.draft("Le port rouvre")) == [[(UNFILED, "unfiled")]]


def test_the_theme_of_its_sentence_files_a_statement() -> None:
    """A phrase such as "Concernant X, …" files words that do not say it themselves."""
    told = Told("Concernant la rade, Vesna Orlin a dit que rien ne change.")
    draft = told.draft("rien ne change", theme="Concernant la rade")
    assert filed(told, draft) == [[("harbour-treaty", "theme")]]


def test_what_is_said_wins_over_the_theme() -> None:
    """The content is closer than what announces it."""
    told = Told("Concernant la rade, Vesna Orlin a dit que le pont tient.")
    draft = told.draft("le pont tient", theme="Concernant la rade")
    assert filed(told, draft) == [[("great-bridge", "content")]]


def test_a_theme_that_no_topic_claims_leaves_the_rest_to_decide() -> None:
    """An unknown theme files nothing by itself."""
    told = Told("Concernant la pêche, Vesna Orlin a dit que le pont tient.")
    draft = told.draft("le pont tient", theme="Concernant la pêche")
    assert filed(told, draft) == [[("great-bridge", "content")]]


def test_the_most_specific_topic_claims_a_statement() -> None:
    """The more groups matched, the closer; equals share it."""
    told = Told("Le port, son péage et le pont. La rade et le pont.")
    specific, shared = (
        told.draft("Le port, son péage et le pont"),
        told.draft("La rade et le pont"),
    )
    assert filed(told, specific) == [[("harbour-treaty", "content")]]
    both = [("harbour-treaty", "content"), ("great-bridge", "content")]
    assert filed(told, shared) == [both]


STORY = Told(
    "La rade rouvre, dit-elle, ajoutant que rien ne presse. Elle reste ferme.\n"
    "Le pont tient. Elle s'en réjouit.\n"
    "Il pleut. Il vente."
)
OPENS = STORY.draft(
    "La rade rouvre", sentence="La rade rouvre, dit-elle, ajoutant que rien ne presse."
)
ADDS = STORY.draft(
    "rien ne presse", sentence="La rade rouvre, dit-elle, ajoutant que rien ne presse."
)
STAYS = STORY.draft("Elle reste ferme", sentence="Elle reste ferme.")
HOLDS = STORY.draft("Le pont tient", sentence="Le pont tient.")
GLAD = STORY.draft("Elle s'en réjouit", sentence="Elle s'en réjouit.")
RAINS = STORY.draft("Il pleut", sentence="Il pleut.")
BLOWS = STORY.draft("Il vente", sentence="Il vente.")


def test_a_follow_up_is_filed_where_it_follows() -> None:
    """Sentence, then paragraph, then predecessor: a follow-up names less."""
    assert filed(STORY, OPENS, ADDS, STAYS, HOLDS, GLAD, RAINS, BLOWS) == [
        [("harbour-treaty", "content")],
        [("harbour-treaty", "coordinated")],
        [("harbour-treaty", "paragraph")],
        [("great-bridge", "content")],
        [("great-bridge", "paragraph")],
        [("great-bridge", "predecessor")],
        [("great-bridge", "paragraph")],
    ]


def test_nothing_is_inherited_over_an_unfiled_predecessor() -> None:
    """Only the statement right before counts in another paragraph."""
    alone = STORY.draft("Elle s'en réjouit", sentence="Elle s'en réjouit.")
    assert filed(STORY, alone, RAINS) == [[(UNFILED, "unfiled")]] * 2
    assert filed(STORY, RAINS, OPENS)[0] == [(UNFILED, "unfiled")]


def test_what_is_inherited_matched_no_words() -> None:
    """The filing of a follow-up shows that no word of it matched."""
    assert [where[0].filing.matched for where in file(STORY, OPENS, ADDS)] == [
        ("rade",),
        (),
    ]


def test_another_language_has_its_own_words() -> None:
    """A pattern of one language files nothing in another."""
    told = Told("La rade rouvre.")
    draft = told.draft("La rade rouvre")
    english = draft.attribution.model_copy(update={"language": "en"})
    moved = draft.model_copy(update={"attribution": english})
    assert filed(told, moved) == [[(UNFILED, "unfiled")]]


# --- matching ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "words", "stands"),
    [
        ("peage", "Le PÉAGE d'abord", True),
        ("péage", "les peages", True),
        ("port", "les ports", True),
        ("port$", "les ports", False),
        ("port$", "le port.", True),
        ("port", "un rapport", False),
        ("l'ukr", "de l’Ukraine", True),
        ("лёгк", "Легкий разговор", True),
        ("до ", "до встречи", True),
        ("до ", "дома", False),
        ("a+b", "aab", False),
        ("maison blanche", "la Maison\u00a0Blanche", True),
    ],
)
def test_a_term_stands_at_the_beginning_of_a_word(
    term: str, words: str, stands: bool
) -> None:
    """Case, accents and marks do not matter; ``$`` ends the word; nothing is a regex."""
    one = Pattern(language="fr", all=((term,),))
    assert bool(match([one], words, "fr")) is stands


def test_a_word_that_must_not_stand_stops_a_pattern() -> None:
    """``none`` excludes what reads like the topic and is another."""
    one = Pattern(language="fr", all=(("port",),), none=("passeport", "portugal"))
    assert match([one], "le port", "fr") == ("port",)
    assert match([one], "le port du Portugal", "fr") == ()


def test_the_longest_match_is_told() -> None:
    """Of several patterns the one with most groups counts."""
    short = Pattern(language="fr", all=(("port",),))
    long = Pattern(language="fr", all=(("port",), ("pont", "péage")))
    assert match([short, long], "le port et le péage", "fr") == ("port", "péage")


def test_folding_is_stable() -> None:
    """A folded text is folded."""
    assert fold_text(fold_text("Élan’s ЙЁ ﬁ")) == fold_text("Élan’s ЙЁ ﬁ")


@pytest.mark.parametrize("groups", [[], [[]], [[""]], [["$"]], [["  "]]])
def test_a_pattern_that_would_match_all_or_nothing_is_refused(
    groups: list[list[str]],
) -> None:
    """Each group needs a term, each term a letter or figure."""
    with pytest.raises(ValidationError):
        Pattern.model_validate({"language": "fr", "all": groups})


# --- questions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("polarity", "commitment", "content", "signed"),
    [
        (Polarity.AFFIRMED, 3, "La rade sera rouverte.", 3),
        (Polarity.NEGATED, 2, "La rade ne sera pas rouverte.", -2),
        (Polarity.AFFIRMED, 1, "La rade pourrait être fermée.", -1),
        (Polarity.NEGATED, 3, "La rade ne sera pas fermée.", 3),
    ],
)
def test_level_and_sign_come_from_the_words_and_the_rule(
    polarity: Polarity, commitment: int, content: str, signed: int
) -> None:
    """Negation and a rule that asks the contrary each turn the sign."""
    reading = says(content, polarity=polarity, commitment=commitment)[
        "open-the-harbour"
    ]
    assert reading.commitment == signed


def test_the_first_rule_that_matches_answers() -> None:
    """A question is answered once, by a rule that is named."""
    readings = says(
        "La rade, fermée ou ouverte : il refuse de commenter.", commitment=3
    )
    reading = readings["open-the-harbour"]
    assert (reading.commitment, reading.act) == (0, Act.DECLINE)
    assert reading.rule == "open-the-harbour:declined"


def test_without_an_act_of_its_own_a_rule_takes_the_act_of_the_words() -> None:
    """The rule may fix the act; else the statement's is kept."""
    reading = says("La rade doit être rouverte.", act=Act.DEMAND)["open-the-harbour"]
    assert reading.act is Act.DEMAND


def test_a_question_that_no_rule_answers_has_no_reading() -> None:
    """Nothing is read into a statement."""
    assert says("La rade est belle.") == {}


def test_a_rule_for_one_polarity_passes_over_the_other() -> None:
    """A denial is read where a denial was said."""
    content = "Personne n'invite Tarek Mool dans la rade."
    assert says(content, polarity=Polarity.NEGATED)["orlin-invites"].commitment == -3
    assert says(content, polarity=Polarity.AFFIRMED) == {}


@pytest.mark.parametrize(
    ("agent", "speaks_for", "holder", "relation"),
    [
        ("tarek-mool", None, "self", Relation.SELF),
        (None, None, "self", Relation.SELF),
        ("tarek-mool", "harbour-office", "harbour-office", Relation.SPOKESPERSON_FOR),
    ],
)
def test_the_holder_is_the_speaker_or_the_body_spoken_for(
    agent: str | None, speaks_for: str | None, holder: str, relation: Relation
) -> None:
    """A spokesman speaks, the body holds; else the speaker in force holds."""
    found = says("La rade rouvre.", agent=agent, speaks_for=speaks_for)[
        "open-the-harbour"
    ]
    assert (found.holder, found.relation) == (holder, relation)


@pytest.mark.parametrize(
    ("agent", "holder", "relation"),
    [
        ("tarek-mool", "vesna-orlin", Relation.REPORTS_ABOUT),
        ("vesna-orlin", "self", Relation.SELF),
    ],
)
def test_whose_act_is_reported_holds_the_position(
    agent: str, holder: str, relation: Relation
) -> None:
    """Who reports what another did holds nothing; who did it and says so does."""
    found = says("Vesna Orlin invite Tarek Mool dans la rade.", agent=agent)[
        "orlin-invites"
    ]
    assert (found.holder, found.relation) == (holder, relation)


def test_what_somebody_else_said_is_no_position_of_who_tells_it() -> None:
    """Words that report another speaker answer only questions with a holder of their own."""
    assert says("La rade rouvre.", relays=True) == {}
    told = says("Vesna Orlin invite Tarek Mool dans la rade.", relays=True)
    assert list(told) == ["orlin-invites"]


def test_conditions_are_named_by_the_vocabulary_of_the_question() -> None:
    """Each condition carries the words that say it, never those of another."""
    told = "La rade ne rouvre pas encore, sauf si le péage est payé."
    found = says(told, conditions=["si le péage est payé"])["open-the-harbour"]
    assert {c.id: c.words.words if c.words else None for c in found.conditions} == {
        "toll-first": "si le péage est payé",
        "for-now": None,
    }


def test_a_condition_that_the_vocabulary_lacks_stays_with_the_statement() -> None:
    """Words make no condition: a rewording would be a false change."""
    found = says("La rade rouvre si le vent tombe.", conditions=["si le vent tombe"])
    assert found["open-the-harbour"].conditions == ()


def test_a_sign_is_one_or_minus_one() -> None:
    """A rule cannot push a commitment off the scale."""
    broken = HARBOUR.model_dump(mode="json")
    broken["questions"][0]["readings"][1]["sign"] = 2
    with pytest.raises(ValidationError):
        TopicTerms.model_validate(broken)
