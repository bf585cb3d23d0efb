"""Where the service listens: the address that was named, the first port that is free."""

from __future__ import annotations

import socket

import pytest

from api.serving import address_of, bind
from domain.errors import InvalidInputError, StoreUnavailableError


@pytest.mark.parametrize("host", ["", "no such host", "192.0.2.1", "a" * 70, "::zz"])
def test_a_host_that_is_not_ours_is_named(host: str) -> None:
    """The message is about the host, not about ports; no other address is taken."""
    with pytest.raises(InvalidInputError, match=r"^--host: .* no address of this"):
        bind(host, 0)


def test_the_next_free_port_is_taken() -> None:
    """A port that is taken is no error while there are others."""
    with bind("127.0.0.1", 0) as taken:
        wanted = taken.getsockname()[1]
        with bind("127.0.0.1", wanted) as bound:
            assert bound.getsockname()[1] > wanted
            assert address_of(bound).startswith("http://127.0.0.1:")


def test_no_free_port_says_which_option_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every port is taken, another one can be named."""

    def refuse(*_: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(StoreUnavailableError, match="--port"):
        bind("127.0.0.1", 8000)
