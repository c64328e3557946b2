"""The real server in a process of its own, with the demo hall: the wire as design.md and sync.md promise it."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

sys.path.append(str(Path(__file__).parent))

from http_server import ROOT, TICKETS, Answer, Server, copied, hint, launch


@pytest.fixture(scope="module")
def one(rested: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One process on SQLite."""
    running = copied(rested, tmp_path_factory.mktemp("one")).start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module", params=["one", "several"], ids=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Any:
    """The wire is the same, however the server runs."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def catalogue() -> bytes:
    return (ROOT / "resources/catalogue/demo-9901.yaml").read_bytes()


def test_the_credentials_file_holds_what_was_promised_and_is_private(server: Server) -> None:
    path = server.data / "demo-credentials.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert server.db or (server.data / "server.db").stat().st_mode & 0o077 == 0
    assert set(server.credentials) == {"hall", "base_url", "tokens", "clerks", "businesses"}
    assert (server.credentials["hall"], server.credentials["base_url"]) == ("9901", server.url)
    assert {"A01", "A02", "B01", "D02", "kiosk", "manager"} <= set(server.credentials["tokens"])
    assert {"0301", "0903", "0904"} <= set(server.credentials["clerks"])
    assert server.credentials["businesses"] == list("ABCDEFGH")


def test_a_number_is_taken_and_called(server: Server) -> None:
    issued = server.issue("F", priority=None)
    assert issued.status == 201
    assert set(issued.json) == {"id", "number", "ahead", "eta_minutes"}
    called = server.call("A07")
    assert called.status == 200
    assert {key: called.json[key] for key in ("id", "number", "business")} == {
        "id": issued.json["id"],
        "number": issued.json["number"],
        "business": "F",
    }


def test_a_priority_comes_from_the_manager_and_the_call_says_why(server: Server) -> None:
    assert server.issue("G", priority="military").status == 403
    server.issue("G")
    first = server.ask("POST", TICKETS, "manager", {"business": "G", "priority": "military"}).json["number"]
    called = server.call("C01").json
    assert (called["number"], called["reason"]) == (first, "军人军属优先")
    assert server.call("C01").json["reason"] == "先到先办"
    assert server.call("C01").status == 204


def test_a_number_is_called_out_of_turn_missed_and_revived(server: Server) -> None:
    numbers = [server.issue("E").json["number"] for _ in range(2)]
    path = "/v1/halls/9901/windows/E01/call"
    wish = {"number": numbers[1], "reason": "urgent"}
    called = server.ask("POST", path, "E01", wish, key="out-of-turn")
    assert (called.status, called.json["number"], called.json["window"]) == (200, numbers[1], "E01")
    assert server.ask("POST", path, "E01", wish, key="out-of-turn").json == called.json
    for body, status, code in (
        ({"number": "E999", "reason": "urgent"}, 404, "unknown_ticket"),
        ({"number": numbers[0], "reason": "no reason"}, 422, "malformed"),
        ({"number": numbers[0]}, 422, "malformed"),
    ):
        refused = server.ask("POST", path, "E01", body)
        assert (refused.status, refused.json["error"]) == (status, code)
        assert refused.json["message"] != code
    assert server.ask("POST", path, "E02", {"number": numbers[1], "reason": "other"}).json["error"] == "forbidden"
    assert server.call("E01").json["number"] == numbers[0]
    revived = server.ask("POST", f"{TICKETS}/{numbers[1]}/revive", "manager")
    assert (revived.status, revived.json["number"], revived.json["ahead"]) == (200, numbers[1], 0)
    assert server.ask("POST", f"{TICKETS}/{numbers[1]}/revive", "manager").json["error"] == "not_missed"
    assert server.ask("POST", f"{TICKETS}/{numbers[1]}/revive", "kiosk").status == 403
    assert server.call("E01").json["number"] == numbers[1]
    assert server.call("E01").status == 204


def test_the_paper_of_a_number_is_printed_from_what_the_server_tells(server: Server, tmp_path: Path) -> None:
    number = server.issue("H").json["number"]
    fields = server.ask("GET", f"{TICKETS}/{number}/slip", "kiosk")
    assert fields.status == 200
    data, out = tmp_path / "fields.json", tmp_path / "number.txt"
    data.write_bytes(fields.raw)
    arguments = ["slip", "SL-01", "--data", str(data), "--out", str(out)]
    printed = subprocess.run([sys.executable, "-m", "app.main", *arguments], cwd=ROOT, capture_output=True, check=False)
    assert printed.returncode == 0, printed.stdout
    text = "".join(out.read_text("utf-8").split())
    assert all(part in text for part in (number, "示范县政务服务中心", "D01、D02", "导办台", "顺延3位"))
    assert server.ask("GET", f"{TICKETS}/H999/slip", "kiosk").json["error"] == "unknown_ticket"
    for window in ("D01", "D01"):
        server.call(window)


def test_nobody_waiting_is_204_without_a_body(server: Server) -> None:
    answer = server.call("C01")
    assert (answer.status, answer.raw) == (204, b"")


def test_the_same_key_gets_the_same_answer(server: Server) -> None:
    first = server.ask("POST", TICKETS, "kiosk", {"business": "B"}, key="k-1")
    again = server.ask("POST", TICKETS, "kiosk", {"business": "B"}, key="k-1")
    other = server.ask("POST", TICKETS, "kiosk", {"business": "C"}, key="k-1")
    assert (again.status, again.json) == (201, first.json)
    assert (other.status, other.json["error"]) == (409, "key_reused")


def test_a_post_that_acts_needs_a_key(server: Server) -> None:
    assert server.ask("POST", TICKETS, "kiosk", {"business": "A"}, key=None).status == 422
    assert server.call("A01", key=None).status == 422


def test_sixty_four_windows_calling_at_once_share_no_ticket(server: Server) -> None:
    issued = {server.issue("A").json["number"] for _ in range(64)}
    start = threading.Barrier(16)
    windows = [f"A0{1 + n % 6}" for n in range(64)]

    def call(n: int) -> Answer:
        if n < 16:
            start.wait()
        return server.call(windows[n])

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(call, range(64)))
    numbers = [answer.json["number"] for answer in answers]
    assert {answer.status for answer in answers} == {200}
    assert len(numbers) == len(set(numbers)) == 64
    assert set(numbers) == issued


@pytest.mark.parametrize(
    ("method", "path", "body", "allowed"),
    [
        ("POST", "/v1/counters", {"incarnation": "i", "public_key": "0" * 64}, {"A01"}),
        ("POST", "/v1/sessions", {"clerk": "0301", "password": "wrong"}, {"A01", "manager", None}),
        ("POST", TICKETS, {"business": "D"}, {"A01", "kiosk", "manager"}),
        ("POST", "/v1/halls/9901/windows/A01/call-next", None, {"A01"}),
        ("GET", "/v1/sync/pull?hall=9901&cursor=0", None, {"A01"}),
        ("GET", "/v1/sync/snapshot?hall=9901", None, {"A01"}),
        ("POST", "/v1/sync/snapshot?hall=9901", {"case": []}, {"A01"}),
        ("GET", "/v1/sync/digest?hall=9901", None, {"A01"}),
        ("POST", "/v1/sync/push", {"device": "A01", "incarnation": "i", "first_seq": 1, "ops": []}, {"A01"}),
        ("GET", "/v1/halls/9901/state", None, {"A01", "kiosk", "manager"}),
        ("POST", "/v1/catalogue/versions", b"{}", {"administrator"}),
        ("POST", "/v1/catalogue/versions/99/approve", None, {"administrator"}),
        ("POST", "/v1/calendar/years", {"year": 2031, "table": {}}, {"administrator"}),
    ],
)
def test_every_endpoint_is_checked_against_the_table_of_rights(
    server: Server, method: str, path: str, body: Any, allowed: set[str | None]
) -> None:
    who: dict[str | None, str | None] = {
        "A01": "A01",
        "B01": "B01",
        "kiosk": "kiosk",
        "manager": "manager",
        "administrator": server.sign_in("0903"),
        None: None,
    }
    for name, token in who.items():
        status = server.ask(method, path, token, body).status
        if name in allowed:
            assert status not in {403, 404} or path.endswith("99/approve"), name
        elif name is None:
            assert status == 401
        elif name != "B01":
            assert status == 403, name
    assert server.ask(method, path, "no-such-token", body).status == 401


def test_a_window_does_not_call_for_another(server: Server) -> None:
    assert server.ask("POST", "/v1/halls/9901/windows/A01/call-next", "B01").status == 403
    assert server.ask("POST", "/v1/halls/9901/windows/Z99/call-next", "B01").status == 404


def test_an_unknown_field_is_refused(server: Server) -> None:
    answer = server.issue("A", colour="red")
    assert (answer.status, answer.json["error"]) == (422, "malformed")
    assert answer.json["message"] == "请求格式不正确。"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'{"business": 1}',
        b'{"business": "\\ud800"}',
        b'{"business": "\xff"}',
        b'{"business": "A\\u0000"}',
        b'{"business": ' + b"[" * 100_000,
        b'{"business": "A", "priority": 1e999}',
    ],
)
def test_a_malformed_body_is_a_4xx(server: Server, body: bytes) -> None:
    assert 400 <= server.ask("POST", TICKETS, "kiosk", body).status < 500


@pytest.mark.parametrize(
    "ops",
    [
        [{}],
        [{"seq": 2**200}],
        [{"payload": {"deep": "x"}}] * 201,
        [[]],
        [json.loads("[" * 500 + "]" * 500)],
    ],
)
def test_a_push_of_anything_is_a_4xx(server: Server, ops: list[Any]) -> None:
    body = {"device": "A01", "incarnation": "i", "first_seq": 2**70, "ops": ops}
    assert 400 <= server.ask("POST", "/v1/sync/push", "A01", body).status < 500


def test_a_body_past_the_limit_is_413(server: Server) -> None:
    answer = server.ask("POST", "/v1/sync/push", "A01", b" " * (1 << 20) + b"  ")
    assert (answer.status, answer.json["error"]) == (413, "too_large")


@pytest.mark.parametrize(
    "path",
    [
        "/v1/sync/pull?hall=9901&cursor=x",
        "/v1/sync/pull?hall=9901",
        "/v1/sync/pull?hall=9901&cursor=0&limit=100000",
        f"/v1/sync/pull?hall=9901&cursor={10**30}",
        "/v1/sync/pull?hall=%00&cursor=0",
        "/v1/halls/9901/tickets/%00/slip",
        "/v1/halls/9901/tickets/" + "9" * 300 + "/slip",
        "/v1/halls/9901/cases/%00",
        "/v1/nowhere",
        "/v1/halls/9902/state",
    ],
)
def test_a_wrong_address_is_a_4xx_with_code_and_sentence(server: Server, path: str) -> None:
    answer = server.ask("GET", path, "A01")
    assert 400 <= answer.status < 500
    assert set(answer.json) >= {"error", "message"}


def test_the_description_is_plain_and_closed(server: Server) -> None:
    description = server.ask("GET", "/schema/openapi.json").json
    assert f"{TICKETS.replace('9901', '{hall}')}" in description["paths"]
    assert description["components"]["schemas"]["IssueTicket"]["additionalProperties"] is False
    call = description["paths"]["/v1/halls/{hall}/windows/{window}/call-next"]["post"]["responses"]
    assert {"200", "204", "401", "409", "422"} <= set(call)
    assert "400" not in call
    assert b"cdn" not in server.ask("GET", "/schema").raw.lower()


def test_a_broken_entry_is_refused_with_its_line(server: Server, catalogue: bytes) -> None:
    lines = catalogue.decode().splitlines()
    at = next(n for n, line in enumerate(lines) if "efficacy_tel" in line)
    lines[at] = "  efficacy_telephone: 0000-8000001"
    answer = server.ask("POST", "/v1/catalogue/versions", server.sign_in("0903"), "\n".join(lines).encode())
    assert (answer.status, answer.json["error"]) == (422, "catalogue_invalid")
    assert answer.json["line"] in {each["line"] for each in answer.json["problems"]}
    assert at + 1 in {each["line"] for each in answer.json["problems"]}
    assert {"code", "path", "line", "message"} <= set(answer.json)


@pytest.mark.parametrize("body", [b"", b"\xff", b"a: [", b"- 1", b"&a [*a]", b"x" * (2 * 1024 * 1024 + 1)])
def test_a_file_that_is_no_catalogue_is_a_4xx(server: Server, body: bytes) -> None:
    assert server.ask("POST", "/v1/catalogue/versions", server.sign_in("0903"), body).status in {413, 422}


def test_what_citizens_see_needs_two_persons(server: Server, catalogue: bytes) -> None:
    first, second = server.sign_in("0903"), server.sign_in("0904")
    submitted = server.ask("POST", "/v1/catalogue/versions", first, catalogue, Content_Type="application/yaml")
    assert submitted.status == 201
    approve = f"/v1/catalogue/versions/{submitted.json['version']}/approve"
    assert server.ask("POST", approve, first).status == 403
    published = server.ask("POST", approve, second)
    assert (published.status, published.json["submitted_by"], published.json["approved_by"]) == (200, "0903", "0904")
    assert server.ask("POST", approve, second).json == published.json
    events = server.ask("GET", "/v1/sync/pull?hall=9901&cursor=0", "A01").json["events"]
    versions = [event["data"]["version"] for event in events if event["entity"] == "catalogue"]
    assert versions == sorted({1, submitted.json["version"]})


def test_an_administrator_signs_in_anywhere_but_a_clerk_only_at_a_counter(server: Server) -> None:
    clerk = {"clerk": "0301", "password": server.credentials["clerks"]["0301"]}
    assert server.ask("POST", "/v1/sessions", None, clerk).status == 403
    opened = server.ask("POST", "/v1/sessions", "A01", clerk)
    assert opened.status == 200
    assert (opened.json["roles"], opened.json["windows"]) == (["clerk"], ["A01", "A02"])


def test_repeated_wrong_passwords_lock_the_clerk_out(server: Server) -> None:
    wrong = {"clerk": "0314", "password": "wrong"}
    statuses = [server.ask("POST", "/v1/sessions", "B07", wrong).status for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    right = {"clerk": "0314", "password": server.credentials["clerks"]["0314"]}
    assert server.ask("POST", "/v1/sessions", "B07", right).status == 429


def test_a_key_never_opens_a_session_by_itself(server: Server) -> None:
    right = {"clerk": "0302", "password": server.credentials["clerks"]["0302"]}
    first = server.ask("POST", "/v1/sessions", "A03", right, key="s-1")
    assert server.ask("POST", "/v1/sessions", "A03", right, key="s-1").json == first.json
    assert server.ask("POST", "/v1/sessions", "A03", {"clerk": "0302", "password": "x"}, key="s-1").status == 401


def test_the_stream_hints_at_once_and_after_a_change(server: Server) -> None:
    connection = server.connect()
    connection.request(
        "GET", "/v1/halls/9901/stream", headers={"Authorization": f"Bearer {server.credentials['tokens']['manager']}"}
    )
    response = connection.getresponse()
    assert response.headers["Content-Type"].startswith("text/event-stream")
    first = hint(response)
    server.issue("G")
    second = hint(response)
    connection.close()
    assert set(first) == {"hall", "head"}
    assert second == {"hall": "9901", "head": first["head"] + 1}


def test_the_state_shows_queue_and_windows_without_persons(server: Server) -> None:
    server.issue("H")
    state = server.ask("GET", "/v1/halls/9901/state", "manager").json
    waiting = {each["code"]: each["waiting"] for each in state["businesses"]}
    assert waiting["H"] == 1
    number = server.call("D01").json["number"]
    windows = {each["window"]: each for each in server.ask("GET", "/v1/halls/9901/state", "kiosk").json["windows"]}
    assert (windows["D01"]["ticket"], windows["D01"]["state"]) == (number, "called")


def test_a_restart_keeps_everything(rested: Path, tmp_path: Path) -> None:
    server = copied(rested, tmp_path).start()
    issued = server.issue().json
    before, tokens = server.ask("GET", "/v1/sync/digest?hall=9901", "A01").json, server.credentials["tokens"]
    assert server.stop() == 0
    server.start()
    try:
        assert server.credentials["tokens"] == tokens
        assert server.ask("GET", "/v1/sync/digest?hall=9901", "A01").json == before
        assert server.call("A01").json["id"] == issued["id"]
    finally:
        assert server.stop() == 0


def test_an_open_stream_does_not_hold_up_the_end(rested: Path, tmp_path: Path) -> None:
    server = copied(rested, tmp_path).start()
    connection = server.connect()
    token = server.credentials["tokens"]["A01"]
    connection.request("GET", "/v1/halls/9901/stream", headers={"Authorization": f"Bearer {token}"})
    response = connection.getresponse()
    hint(response)
    assert server.stop() == 0
    assert response.readline() == b""
    connection.close()


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    def start(*more: str) -> dict[str, Any]:
        process = launch(tmp_path, *more)
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 3
        answer: dict[str, Any] = json.loads(output)
        return answer

    return start


def test_a_taken_port_is_told_clearly(one: Server, refused: Callable[..., dict[str, Any]]) -> None:
    assert refused("--demo", "--port", str(urlsplit(one.url).port))["error"] == "port_taken"


def test_production_never_invents_a_key(refused: Callable[..., dict[str, Any]]) -> None:
    assert refused()["error"] == "key_missing"


def test_several_processes_need_postgresql(refused: Callable[..., dict[str, Any]]) -> None:
    assert refused("--demo", "--workers", "2")["error"] == "workers_unsupported"
