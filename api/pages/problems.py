"""What problems are called on pages, in the language of the reader.

JSON and the details that errors give of themselves are in English.
"""

from __future__ import annotations

from dataclasses import replace

from api.problem_kinds import Kind

_FRENCH = {
    "bad-request": (
        "La requête est mal formée",
        "Corrigez ce que le détail indique et renvoyez-la.",
    ),
    "unknown-parameter": (
        "Paramètre inconnu",
        "Retirez-le ou corrigez-le ; le détail donne ceux qui sont connus.",
    ),
    "not-found": (
        "Rien au registre à cette adresse",
        "Vérifiez l'identifiant ; /api/v1/topics donne la liste des sujets.",
    ),
    "method-not-allowed": (
        "Cette méthode n'est pas permise ici",
        "L'en-tête Allow donne celles qui le sont.",
    ),
    "conflict": (
        "Quelqu'un d'autre a écrit entre-temps",
        "Renvoyez la même requête.",
    ),
    "outdated": (
        "Le registre a avancé",
        "Relisez-le, et décidez d'après ce qu'il dit maintenant.",
    ),
    "too-large": (
        "Le corps de la requête est trop grand",
        "Il peut compter 1 000 000 d'octets au plus : envoyez-en moins à la fois.",
    ),
    "unsupported-media-type": (
        "Ce type de média n'est pas lu",
        "Envoyez du application/json.",
    ),
    "invalid": (
        "Une valeur n'est pas valide",
        "Corrigez ce que les erreurs indiquent et renvoyez la requête.",
    ),
    "unsupported-language": (
        "Aucun extracteur pour cette langue",
        "Indiquez la langue, ou envoyez un article dans une langue installée.",
    ),
    "unavailable": (
        "Le registre n'est pas disponible",
        "Réessayez dans un instant ; rien n'a été écrit à moitié.",
    ),
    "read-only": (
        "Une copie n'enregistre rien",
        (
            "Rien n'a été enregistré et rien ne le sera ici : adressez-vous à un processus "
            "qui sert l'original."
        ),
    ),
    "missing-right": (
        "Il manque un droit au service",
        (
            "Rien n'a été enregistré et rien ne le sera tant que ce droit n'est pas "
            "accordé : le journal du service dit lequel à qui l'exploite."
        ),
    ),
    "damaged": (
        "Les vues sont endommagées",
        (
            "Le registre lui-même est intact : qui exploite le service répare les vues par "
            "onrecord rebuild et trouve dans son journal ce qui est endommagé."
        ),
    ),
    "busy": (
        "Trop d'articles attendent",
        "Renvoyez le vôtre après les secondes de Retry-After ; rien n'en a été enregistré.",
    ),
    "behind": (
        "Les vues ne sont pas encore à jour",
        "Redemandez après les secondes de Retry-After, ou omettez Onrecord-Min-Seq.",
    ),
    "internal": (
        "Une panne interne s'est produite",
        "Elle est consignée au journal ; réessayez, et signalez-la si elle persiste.",
    ),
}
"""Title and advice of each kind, by its slug."""


def told_in(language: str, kind: Kind) -> Kind:
    """Return a kind of problem in a language; in English where it has no words."""
    if language != "fr" or kind.slug not in _FRENCH:
        return kind
    title, advice = _FRENCH[kind.slug]
    return replace(kind, title=title, advice=advice)
