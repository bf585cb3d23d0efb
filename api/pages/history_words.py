"""What the pages of revisions and differences say, in English and in French.

Their sentences come from the domain; what stands around them is here, by language.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from api.schemas.history import LabelledOut
from api.schemas.outer import PositionOut
from domain.positions.explain import label_in_words, value_in_words
from domain.positions.explain_revision import day_in_words
from domain.positions.labels import BlockValue, Label, NoStance, Stance

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "topics": "Topics",
        "breadcrumb": "Breadcrumb",
        "select": "Select",
        "revisions": "How labels were revised",
        "revisions_why": (
            "A label may change without a word of the speaker: by an article that came "
            "late, a correction, a withdrawal. Here is what each statement read, since "
            "when it was so on record, and what changed it."
        ),
        "diff": "What differs",
        "diff_why": (
            "Two states of one topic, side by side: of the record, by what it knew, or "
            "of the speakers, by what they had said."
        ),
        "show": "Show",
        "compare": "Compare",
        "shown": "Statements",
        "only_changed": "the revised ones",
        "every": "all",
        "holder": "Holder",
        "question": "Question",
        "all": "all",
        "more": "Later revisions",
        "none": "No label was revised in this selection.",
        "withdrawn": "withdrawn from the record",
        "about": "Event {seq} is about",
        "decided": "Event {seq}, decided by {actor}: {reason}",
        "known": "The record, as known at",
        "spoken": "What was spoken by",
        "and": "and at",
        "and_by": "and by",
        "seq_or_time": "event or time",
        "day": "a day, month or year",
        "known_told": "From event {before} to event {after} of the record.",
        "spoken_told": "From what was spoken by {before} to what was spoken by {after}.",
        "same": "Nothing differs.",
        "added": "Positions added",
        "gone": "Positions gone",
        "changed": "Positions changed",
        "asides_added": "Beside the line, added",
        "asides_gone": "Beside the line, gone",
        "before": "before",
        "after": "after",
        "differs": "What differs: ",
        "label": "label",
        "value": "commitment",
        "conditions": "conditions",
        "evidence": "statements",
        "days": "days",
        "undated": "no day of speaking is known",
        "open": "one end of its date is open",
        "too_wide": "its date is wider than a week",
        "no_reading": "it answers no question of this topic",
        "no_holder": "whose position it is, is not known",
        "as_json": "This page as JSON",
        "timeline": "The timeline",
        "at_event": "Event {seq} of the record.",
    },
    "fr": {
        "topics": "Sujets",
        "breadcrumb": "Fil d'Ariane",
        "select": "Choisir",
        "revisions": "Comment les étiquettes ont été révisées",
        "revisions_why": (
            "Une étiquette peut changer sans un mot du locuteur : par un article arrivé "
            "tard, une correction, un retrait. Voici ce qu'on lisait de chaque "
            "déclaration, depuis quand, et ce qui l'a changé."
        ),
        "diff": "Ce qui diffère",
        "diff_why": (
            "Deux états d'un sujet, côte à côte : du registre, par ce qu'il savait, ou "
            "des locuteurs, par ce qu'ils avaient dit."
        ),
        "show": "Afficher",
        "compare": "Comparer",
        "shown": "Déclarations",
        "only_changed": "celles qui furent révisées",
        "every": "toutes",
        "holder": "Titulaire",
        "question": "Question",
        "all": "tout",
        "more": "Révisions suivantes",
        "none": "Aucune étiquette révisée dans ce choix.",
        "withdrawn": "retirée du registre",
        "about": "L'événement {seq} porte sur",
        "decided": "Événement {seq}, décidé par {actor} : {reason}",
        "known": "Le registre, tel que connu à",
        "spoken": "Ce qui a été dit jusqu'à",
        "and": "et à",
        "and_by": "et jusqu'à",
        "seq_or_time": "événement ou instant",
        "day": "jour, mois ou année",
        "known_told": "De l'événement {before} à l'événement {after} du registre.",
        "spoken_told": (
            "De ce qui a été dit jusqu'au {before} à ce qui a été dit jusqu'au {after}."
        ),
        "same": "Rien ne diffère.",
        "added": "Positions ajoutées",
        "gone": "Positions disparues",
        "changed": "Positions changées",
        "asides_added": "À côté de la ligne, ajouté",
        "asides_gone": "À côté de la ligne, disparu",
        "before": "avant",
        "after": "après",
        "differs": "Ce qui diffère : ",
        "label": "étiquette",
        "value": "engagement",
        "conditions": "conditions",
        "evidence": "déclarations",
        "days": "jours",
        "undated": "le jour où cela fut dit n'est pas connu",
        "open": "un bout de sa date est ouvert",
        "too_wide": "sa date dépasse une semaine",
        "no_reading": "elle ne répond à aucune question du sujet",
        "no_holder": "on ne sait pas de qui c'est la position",
        "as_json": "Cette page en JSON",
        "timeline": "La chronologie",
        "at_event": "Événement {seq} du registre.",
    },
}


def language_told(language: str) -> str:
    """Return the language that these pages are in for a reader of a language."""
    return language if language in TEXTS else "en"


def value_told(of: PositionOut | LabelledOut, language: str) -> str:
    """Return a value in words."""
    value: BlockValue
    if of.commitment is None:
        value = NoStance(of.value)
    else:
        value = Stance(commitment=of.commitment, conditions=of.conditions)
    return value_in_words(value, language)


def label_told(label: str, language: str) -> str:
    """Return a label as a word."""
    return label_in_words(Label(label), language)


def days_told(position: PositionOut, language: str) -> str:
    """Return the days of a position in words."""
    first, last = (
        day_in_words(each, language) for each in (position.earliest, position.latest)
    )
    return first if first == last else f"{first} – {last}"


def day_told(when: date, language: str) -> str:
    """Return a day in words."""
    return day_in_words(when, language)
