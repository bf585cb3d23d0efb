"""Serving an application with uvicorn on an address of this machine.

The socket is bound here, the next free port if the wanted one is taken, and handed
to the server: between looking for a port and listening nobody can take it.
"""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.problem_kinds import KINDS
from api.problems import PROBLEM_JSON
from api.request_log import logged
from api.schemas.problem import Problem
from api.security import HEADERS
from domain.errors import InvalidInputError, StoreUnavailableError

TRIES = 50
"""Ports tried, from the wanted one on."""
STARTUP = 30.0
"""Seconds within which a server in a thread must answer."""


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to the first free port from ``port`` on.

    Raises:
        InvalidInputError: the host is no address of this machine.
        StoreUnavailableError: no port is free.
    """
    if not host:
        raise _no_address(host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last: OSError | None = None
    for candidate in range(port, min(port + TRIES, 65536)) if port else (0,):
        # asyncio turns Nagle off only for sockets that say they are TCP
        bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, candidate))
            bound.listen(1024)
        except (socket.gaierror, UnicodeError) as error:
            bound.close()
            raise _no_address(host) from error
        except OSError as error:
            bound.close()
            if error.errno == errno.EADDRNOTAVAIL:
                raise _no_address(host) from error
            last = error
        else:
            return bound
    message = f"no port from {port} on is free at {host}: name another with --port"
    raise StoreUnavailableError(message) from last


def _no_address(host: str) -> InvalidInputError:
    message = f"--host: {host[:60]!r} is no address of this machine, as 127.0.0.1 is"
    return InvalidInputError(message)


def address_of(bound: socket.socket) -> str:
    """Return the URL under which a bound socket is reached."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve_forever(
    app: Any, host: str, port: int, announce: Callable[[str], None]
) -> None:
    """Serve until interrupted or told to end; ``announce`` is told the address.

    uvicorn ends what runs, and then hands the signal on: here it has done its work.
    """
    bound = bind(host, port)
    announce(address_of(bound))
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with bound, suppress(KeyboardInterrupt):
            _server(app).run(sockets=[bound])
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def running(app: Any, host: str, port: int) -> Iterator[str]:
    """Serve in a thread for as long as the context lasts; gives the address."""
    bound = bind(host, port)
    server = _server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        waiting = threading.Event()
        for _ in range(int(STARTUP / 0.02)):
            if server.started or not thread.is_alive():
                break
            waiting.wait(0.02)
        yield address_of(bound)
    finally:
        server.should_exit = True
        thread.join()
        bound.close()


class Protocol(H11Protocol):
    """HTTP/1.1 whose refusal of what is no HTTP is a problem like any other."""

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong and close."""
        detail = "that is no HTTP request: check its first line and headers"
        kind = KINDS["bad-request"]
        problem = Problem(
            type=f"/problems/{kind.slug}", title=kind.title, status=400, detail=detail
        )
        body = problem.model_dump_json().encode()
        said = HEADERS | {
            "Content-Type": PROBLEM_JSON,
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{head}\r\n".encode() + body)
        self.transport.close()


def _server(app: Any) -> uvicorn.Server:
    config = uvicorn.Config(
        logged(app),
        http=Protocol,
        log_level="warning",
        log_config=None,  # as the service logs
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)
