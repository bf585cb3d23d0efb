"""Reading a JSON body: what is no JSON object of text is one clear error.

Refused with the reason: another media type, charset or a compression, no body, bytes
that are not UTF-8, JSON that is malformed or nested too deeply, numbers that are none
or out of all bounds, a key given twice, anything but one object.
Lone surrogates are left to the fields: only there it is known what they are part of.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, NoReturn

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import ClientException, HTTPException

LONGEST_NUMBER = 100
"""Digits of a whole number; none of ours has twenty."""


class UnsupportedMediaTypeError(HTTPException):
    """The body is of a media type that is not read."""

    status_code = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class JSONRequest(Request[Any, Any, State]):
    """A request whose body must be JSON."""

    async def body(self) -> bytes:
        """Return the bytes of the body.

        Raises:
            UnsupportedMediaTypeError: it is not said to be JSON.
            ClientException: there are none.
        """
        _check_type(self.headers.get("content-type", ""))
        _check_coding(self.headers.get("content-encoding", ""))
        if not (body := await super().body()):
            detail = "the body is empty: send a JSON object"
            raise ClientException(detail)
        return body

    async def json(self) -> Any:
        """Return what the body says.

        Raises:
            ClientException: it is no JSON.
        """
        return parse(await self.body())


def _check_type(said: str) -> None:
    """Refuse another media type than JSON, and another charset than that of JSON.

    Raises:
        UnsupportedMediaTypeError: it is such a one.
    """
    media_type, *parameters = (part.strip() for part in said.split(";"))
    if media_type.lower() != "application/json":
        detail = f"expected application/json, got {said[:60] or 'no media type'!r}"
        raise UnsupportedMediaTypeError(detail)
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        charset = value.strip(' "').lower()
        if name.strip().lower() == "charset" and charset not in {"utf-8", "utf8"}:
            detail = f"the charset {charset[:40]!r} is not read: send UTF-8"
            raise UnsupportedMediaTypeError(detail)


def _check_coding(said: str) -> None:
    """Refuse a compressed body: it would be read as if it were none.

    Raises:
        UnsupportedMediaTypeError: it is compressed.
    """
    if said.strip().lower() not in {"", "identity"}:
        detail = f"the Content-Encoding {said[:40]!r} is not read: send it uncompressed"
        raise UnsupportedMediaTypeError(detail)


def parse(body: bytes) -> dict[str, Any]:
    """Return the object that some JSON says.

    Raises:
        ClientException: it is no JSON object, and why.
    """
    found = _loaded(body)
    if not isinstance(found, dict):
        detail = "the body is no JSON object: send {...}"
        raise ClientException(detail)
    return found


def _loaded(body: bytes) -> Any:
    cause: Exception
    try:
        return json.loads(
            body.decode(),
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as error:
        cause, detail = error, f"the body is not UTF-8 (byte {error.start})"
    except RecursionError as error:
        cause, detail = error, "the JSON is nested too deeply"
    except OverflowError as error:
        cause, detail = error, str(error)
    except ValueError as error:
        cause, detail = error, f"the body is no JSON: {error}"
    raise ClientException(detail) from cause


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        message = "a key is given twice in one object"
        raise ValueError(message)
    return found


def _whole(number: str) -> int:
    if (digits := len(number.removeprefix("-"))) > LONGEST_NUMBER:
        message = f"a number of {digits} digits is out of bounds: send one of at most {LONGEST_NUMBER}"
        raise OverflowError(message)
    return int(number)


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is not a number of JSON"
    raise ValueError(message)
