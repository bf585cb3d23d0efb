"""What several commands take on the command line."""

from __future__ import annotations

from pydantic import ValidationError

from domain.errors import InvalidInputError
from domain.services.capturing import ArticleMetadata


def metadata(**given: str | None) -> ArticleMetadata:
    """Return what the options tell about an article; a language in either case.

    Raises:
        InvalidInputError: an option is wrong; names it.
    """
    language = given.get("language")
    told = given | {"language": language.lower() if language is not None else None}
    try:
        return ArticleMetadata.model_validate(told)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        option = "--" + str(first["loc"][0]).replace("_", "-")
        reason = first["msg"].removeprefix("Value error, ")
        if option == "--language":
            reason = f"expected a code such as fr, got {(language or '')[:40]!r}"
        message = f"{option}: {reason}"
        raise InvalidInputError(message) from error
