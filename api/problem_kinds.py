"""The kinds of problems: what happened, and what to do about it.

Each has a page under ``/problems/{slug}``, to which the ``type`` of an error leads.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its slug, title, status, and what to do about it."""

    slug: str
    title: str
    status: int
    advice: str


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "bad-request",
            "The request is malformed",
            400,
            "Mend what the detail names and send it again.",
        ),
        Kind(
            "unknown-parameter",
            "Unknown query parameter",
            400,
            "Remove or correct it; the detail lists the known ones.",
        ),
        Kind(
            "not-found",
            "Nothing is on record there",
            404,
            "Check the id; /api/v1/topics lists the topics.",
        ),
        Kind(
            "method-not-allowed",
            "That method is not allowed here",
            405,
            "The Allow header names those that are.",
        ),
        Kind(
            "conflict", "Somebody else wrote first", 409, "Send the same request again."
        ),
        Kind(
            "outdated",
            "The record has gone on",
            409,
            "Read it again, and decide on what it says now.",
        ),
        Kind(
            "too-large",
            "The body is too large",
            413,
            "A body has at most 1,000,000 bytes: send less at once.",
        ),
        Kind(
            "unsupported-media-type",
            "That media type is not read",
            415,
            "Send application/json.",
        ),
        Kind(
            "invalid",
            "A value is not valid",
            422,
            "Mend what the errors name and send it again.",
        ),
        Kind(
            "unsupported-language",
            "No extractor for the language",
            422,
            "Name the language, or send an article in one that is installed.",
        ),
        Kind(
            "unavailable",
            "The store is not available",
            503,
            "Try again in a moment; nothing was half written.",
        ),
        Kind(
            "read-only",
            "A replica takes nothing in",
            503,
            "Nothing was recorded, nor will it be here: send it to a process that serves "
            "the primary.",
        ),
        Kind(
            "missing-right",
            "The service lacks a right",
            503,
            "Nothing was recorded, nor will it be until it is granted: whoever runs the "
            "service finds in its log which right the store refused.",
        ),
        Kind(
            "damaged",
            "The read models are damaged",
            503,
            "The record itself is whole: whoever runs the service mends what is read of it "
            "with onrecord rebuild, and finds in its log what is damaged.",
        ),
        Kind(
            "busy",
            "Too many articles are waiting",
            503,
            "Send it again after the seconds of Retry-After; nothing of it was recorded.",
        ),
        Kind(
            "behind",
            "The read models are not there yet",
            503,
            "Ask again after the seconds of Retry-After, or leave out Onrecord-Min-Seq.",
        ),
        Kind(
            "internal",
            "Something broke inside",
            500,
            "It was logged; try again, and report it if it stays.",
        ),
    )
}
BY_STATUS = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid",
    503: "unavailable",
}
