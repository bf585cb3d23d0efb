"""What several commands take on the command line."""

from __future__ import annotations

from pydantic import ValidationError

from domain.errors import InvalidInputError
from domain.services.capturing import ArticleMetadata


def metadata(**given: str | None) -> ArticleMetadata:
    """Return what the options tell about an article.

    Raises:
        InvalidInputError: an option is wrong; names it.
    """
    try:
        return ArticleMetadata.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        option = "--" + str(first["loc"][0]).replace("_", "-")
        reason = first["msg"].removeprefix("Value error, ")
        message = f"{option}: {reason}"
        raise InvalidInputError(message) from error
