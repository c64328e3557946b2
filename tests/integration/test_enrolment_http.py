"""Enrolling and searching over HTTP, and the operator's command, against the real server in a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).parent))

from http_server import ROOT, START, Server, copied

CODES = "/v1/halls/9901/enrolment-codes"
PUBLIC_KEY = "ab" * 32


@pytest.fixture(scope="module")
def server(rested: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = copied(rested, tmp_path_factory.mktemp("enrolling")).start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def administrator(server: Server) -> str:
    return server.sign_in("0903")


def shown(code: str) -> dict[str, Any]:
    return {"code": code, "public_key": PUBLIC_KEY, "now_ms": time.time_ns() // 1_000_000}


def test_an_administrator_makes_a_code_and_a_computer_uses_it_once(server: Server, administrator: str) -> None:
    issued = server.ask("POST", CODES, administrator, {"window": "B03"})
    assert issued.status == 201
    assert (issued.json["device"], issued.json["window"], issued.json["role"]) == ("B03", "B03", "counter")
    taken = server.ask("POST", "/v1/enrolments", None, shown(issued.json["code"]), key="pc-1")
    assert taken.status == 201
    assert {name: taken.json[name] for name in ("hall", "device", "window")} == {
        "hall": "9901",
        "device": "B03",
        "window": "B03",
    }
    state = server.ask("GET", "/v1/halls/9901/state", taken.json["token"])
    assert state.status == 200
    again = server.ask("POST", "/v1/enrolments", None, shown(issued.json["code"]), key="pc-2")
    assert (again.status, again.json["error"]) == (409, "code_used")
    assert "登记码已经用过" in again.json["message"]


def test_nobody_else_makes_codes_and_every_no_has_its_status(server: Server, administrator: str) -> None:
    clerk = {"clerk": "0301", "password": server.credentials["clerks"]["0301"]}
    session = server.ask("POST", "/v1/sessions", "A01", clerk).json["session"]
    for who, status in ((None, 401), ("A01", 403), ("kiosk", 403), ("manager", 403), (session, 403)):
        assert server.ask("POST", CODES, who, {"window": "B03"}).status == status
    assert server.ask("POST", CODES, administrator, {"window": "Z99"}).json["error"] == "unknown_window"
    assert server.ask("POST", CODES.replace("9901", "9902"), administrator, {"window": "B03"}).status == 404
    assert server.ask("POST", "/v1/enrolments", None, shown("0000-0000-0000")).json["error"] == "code_wrong"
    assert server.ask("POST", "/v1/enrolments", None, shown("0000-0000-0000"), key=None).status == 422
    late = {**shown("0000-0000-0000"), "now_ms": 0}
    assert server.ask("POST", "/v1/enrolments", None, late).json["error"] == "clock_skew"
    assert server.ask("POST", "/v1/enrolments", None, {"code": "x" * 20_000}).status == 413


def test_the_operator_says_a_code_on_the_machine_itself(server: Server) -> None:
    def say(place: str) -> tuple[int, dict[str, Any]]:
        arguments = ["server", "--db", f"sqlite:///{server.data}/server.db", "--data", str(server.data)]
        ended = subprocess.run(
            [sys.executable, "-c", START, *arguments, "--enrol", place],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        return ended.returncode, json.loads(ended.stdout)

    status, line = say("b04")
    assert (status, line["device"], line["replaces"]) == (0, "B04", True)
    assert server.ask("POST", "/v1/enrolments", None, shown(line["code"])).status == 201
    status, line = say("Z99")
    assert (status, line["error"]) == (3, "unknown_window")


def test_persons_search_and_devices_do_not(server: Server) -> None:
    clerk = {"clerk": "0301", "password": server.credentials["clerks"]["0301"]}
    session = server.ask("POST", "/v1/sessions", "A01", clerk).json["session"]
    path, words = "/v1/halls/9901/cases/search", {"words": ["zs", "1123"]}
    found = server.ask("POST", path, session, words)
    assert (found.status, found.json) == (200, {"hits": [], "more": False})
    for who, status in ((None, 401), ("A01", 403), ("kiosk", 403), ("manager", 403)):
        assert server.ask("POST", path, who, words).status == status
    assert server.ask("POST", path, session, {"words": ["z"]}).json["error"] == "malformed"
    assert server.ask("POST", path.replace("9901", "9902"), session, words).status == 404
    assert server.ask("GET", "/v1/halls/9901/cases/none", session).json["error"] == "not_found"
    described = server.ask("GET", "/schema/openapi.json").json["paths"]
    assert {"/v1/enrolments", "/v1/halls/{hall}/enrolment-codes", "/v1/halls/{hall}/cases/search"} <= set(described)
