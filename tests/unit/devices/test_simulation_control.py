"""The control port of simulators."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from devices.simulation.control import MAX_LINE, ControlClient, ControlServer


def double(request: dict[str, Any]) -> dict[str, Any]:
    return {"twice": request["number"] * 2, "word": "两倍"}


@pytest.fixture
def server() -> Iterator[ControlServer]:
    server = ControlServer("127.0.0.1", 0, double)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def client(server: ControlServer) -> Iterator[ControlClient]:
    with ControlClient(*server.address) as client:
        yield client


def raw(server: ControlServer, line: bytes) -> list[dict[str, Any]]:
    with socket.create_connection(server.address, timeout=5) as connection:
        connection.sendall(line)
        with connection.makefile("rb") as lines:
            return [json.loads(answer) for answer in lines]


def test_a_request_is_answered_with_ok(client: ControlClient) -> None:
    assert client.ask({"number": 4}) == {"ok": True, "twice": 8, "word": "两倍"}
    assert client.ask({"number": 5})["twice"] == 10


def test_a_request_that_makes_no_sense_is_refused_and_the_connection_lives(client: ControlClient) -> None:
    assert client.ask({})["error"] == "bad_request"
    assert client.ask({"number": 1})["ok"] is True


@pytest.mark.parametrize(
    ("line", "error"),
    [(b"{\n", "bad_json"), (b"[1]\n", "bad_request"), (b"\xff\n", "bad_json"), (b"[" * 60_000 + b"\n", "bad_json")],
)
def test_what_is_not_an_object_is_refused(server: ControlServer, line: bytes, error: str) -> None:
    with socket.create_connection(server.address, timeout=5) as connection, connection.makefile("rb") as lines:
        connection.sendall(line)
        answer = json.loads(lines.readline())
    assert (answer["ok"], answer["error"]) == (False, error)


def test_an_endless_line_ends_the_connection(server: ControlServer) -> None:
    assert [answer["error"] for answer in raw(server, b"x" * (MAX_LINE + 1))] == ["line_too_long"]


def test_stopping_hangs_up_on_the_client(server: ControlServer, client: ControlClient) -> None:
    client.ask({"number": 1})
    server.stop()
    with pytest.raises(OSError, match=r".+"):
        client.ask({"number": 1})


def test_a_stopped_server_starts_again_on_the_same_port(server: ControlServer) -> None:
    before = server.address
    server.stop()
    server.start()
    with ControlClient(*before) as client:
        assert client.ask({"number": 2})["twice"] == 4
