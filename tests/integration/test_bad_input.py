"""What goes wrong on the command line and at the publish gate: one sentence that says what to do, and no traceback."""

import functools
import http.server
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import main
from app.commands.system_clock import NOW_VARIABLE, BadInstant, FrozenClock, SystemClock, demo_clock
from app.storage.messages import sentence as text
from devices.sam.simulator import SamSimulator
from printing.simulator.printer import PrinterSimulator
from sync.client.session import NOT_OURS, OF_THE_LOG
from ui.texts import text as label

ROOT = Path(__file__).parents[2]
REACHED = 'server = "http://h"\ntoken_file = "token"\n'
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SETTINGS = (
    'server = "{server}"\ntoken_file = "token"\nkey_store = "{keys}"\n'
    '[reader]\nurl = "socket://{reader}"\n[printer]\nurl = "tcp://{printer}"\n'
)


def chuangkou(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does; an empty change takes a variable away."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **changes}
    return subprocess.run(
        [sys.executable, "-m", "app.main", *arguments],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refusal(run: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """The one JSON line of a command that ended with status 3, and nothing for a programmer beside it."""
    assert run.returncode == 3, run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    line: dict[str, str] = json.loads(run.stdout)
    assert CHINESE.search(line["message"])
    return line


class Server:
    """The demo server in a process of its own."""

    def __init__(self, data: Path) -> None:
        self.log = (data / "server.log").open("w", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.main", *server_arguments(data), "--port", "0"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = json.loads(self.process.stdout.readline())["listening"]
        credentials = json.loads((data / "demo-credentials.json").read_text("utf-8"))
        self.clerks, self.token = credentials["clerks"], credentials["tokens"]["A03"]

    def post(self, path: str, body: bytes, session: str = "") -> tuple[int, Any]:
        headers = {"Idempotency-Key": secrets.token_hex(8), "Content-Type": "application/json"}
        if session:
            headers["Authorization"] = f"Bearer {session}"
        try:
            with urllib.request.urlopen(urllib.request.Request(self.url + path, body, headers), timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.log.close()


def server_arguments(data: Path) -> list[str]:
    return ["server", "--db", f"sqlite:///{data}/server.db", "--data", str(data), "--demo"]


@pytest.fixture(scope="module")
def server(rested: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(shutil.copytree(rested, tmp_path_factory.mktemp("bad_input") / "server"))
    yield running
    running.stop()


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield str(listener.getsockname()[1])


@pytest.fixture
def closed_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_a_taken_port_is_named_with_what_to_do(tmp_path: Path, taken_port: str) -> None:
    line = refusal(chuangkou(*server_arguments(tmp_path), "--port", taken_port))
    assert line["error"] == "port_taken"
    assert f"端口 {taken_port} 已被占用" in line["message"]
    assert "请换一个端口" in line["message"]


def test_the_demo_hands_on_what_its_server_said(tmp_path: Path, taken_port: str) -> None:
    line = refusal(chuangkou("demo", "--data", str(tmp_path), "--port", taken_port))
    assert f"端口 {taken_port} 已被占用" in line["message"]


@pytest.mark.parametrize("face", ["demo", "counter"])
def test_without_a_display_one_line_names_the_way_out(tmp_path: Path, face: str) -> None:
    run = chuangkou(face, "--data", str(tmp_path), QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1
    assert "xvfb-run" in run.stderr


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (None, "settings_unreadable", "counter.toml"),
        ("server = ", "settings_not_toml", "第 1 行"),
        ('server = "x"\n', "settings_wrong_value", "server: http://HOST:PORT"),
        ('server = "http://h:99999999"\n', "settings_wrong_value", "server: http://HOST:PORT"),
        ('servers = "http://h"\n', "settings_unknown_key", "servers"),
        ('server = "http://h"\n', "settings_missing_key", "token_file"),
        ('server = "http://h"\ndevice = "A03"\n', "settings_missing_key", "printer"),
        (REACHED + '[reader]\nurl = "nonsense://x"\n', "settings_wrong_value", "reader.url: /dev/ttyUSB0"),
    ],
)
def test_a_settings_file_is_refused_with_the_place(tmp_path: Path, content: str | None, code: str, place: str) -> None:
    if content is not None:
        printer = "" if code == "settings_missing_key" else '[printer]\nurl = "tcp://h"\n'
        (tmp_path / "counter.toml").write_text(content + printer, encoding="utf-8")
    line = refusal(chuangkou("counter", "--data", str(tmp_path)))
    assert line["error"] == code
    assert place in line["message"]
    assert "请" in line["message"]


def test_a_wrong_catalogue_is_refused_in_chinese_at_its_line(server: Server) -> None:
    lines = (ROOT / "resources/catalogue/demo-9901.yaml").read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, 1) if "efficacy_tel" in line)
    lines[at - 1] = "  efficacy_telephone: 0000-8000001"
    who = json.dumps({"clerk": "0903", "password": server.clerks["0903"]}).encode()
    session = server.post("/v1/sessions", who)[1]["session"]
    status, answer = server.post("/v1/catalogue/versions", "\n".join(lines).encode(), session)
    assert (status, answer["error"]) == (422, "catalogue_invalid")
    problem = next(each for each in answer["problems"] if each["line"] == at)
    assert problem["code"] == "gate_unknown_key"
    assert problem["message"] == text("gate_unknown_key", key="efficacy_telephone")


@pytest.mark.parametrize("value", ["yesterday", "2026-11-23", "2026-11-23T09:00:00"])
def test_an_instant_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NOW_VARIABLE, value)
    with pytest.raises(BadInstant):
        demo_clock()


def test_the_server_refuses_an_instant_that_is_none(tmp_path: Path) -> None:
    line = refusal(chuangkou(*server_arguments(tmp_path), "--port", "0", CHUANGKOU_NOW="yesterday"))
    assert line["error"] == "instant_unreadable"
    assert "2026-11-23T09:00:00+08:00" in line["message"]


def test_the_demo_clock_stands_still_only_when_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NOW_VARIABLE, "2026-11-23T09:00:00+08:00")
    clock = demo_clock()
    assert isinstance(clock, FrozenClock)
    assert clock.now_ms() == 1_795_395_600_000
    monkeypatch.delenv(NOW_VARIABLE)
    assert type(demo_clock()) is SystemClock


def test_an_error_that_no_command_knows_has_one_number_for_caller_and_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> int:
        raise ZeroDivisionError("a mistake of the program")

    monkeypatch.setattr("app.commands.due.run", broken)
    assert main.main(["due", "--from", "2026-10-01", "--days", "3", "--unit", "WD"]) == 3
    line = json.loads(capsys.readouterr().out)
    assert line["error"] == "unexpected"
    assert "ZeroDivision" not in line["message"]
    logged = next(each for each in caplog.records if each.exc_info)
    assert logged.getMessage().rsplit("=", 1)[1] in line["message"]


@pytest.mark.parametrize(
    "code", sorted({*OF_THE_LOG, NOT_OURS, "unauthorised", "outbox_stalled", "unreadable", "sync_stopped"})
)
def test_every_trouble_of_the_link_says_who_does_what(code: str) -> None:
    said = text(f"trouble_{code}", minutes=1)
    assert "系统管理员" in said or "请重新打开" in said


def test_a_code_that_only_a_newer_server_knows_is_still_a_sentence() -> None:
    assert "no_such_code" in label("no_such_code")
    assert "系统管理员" in label("no_such_code")


class TestDoctor:
    """``chuangkou doctor`` on a machine where all is well, and on one where nothing is."""

    def test_a_sound_counter_is_sound_in_every_part(self, server: Server, tmp_path: Path) -> None:
        sam, printer = SamSimulator("127.0.0.1", 0), PrinterSimulator("127.0.0.1", 0, SystemClock())
        sam.start()
        printer.start()
        try:
            values = {"reader": "{}:{}".format(*sam.address), "printer": "{}:{}".format(*printer.address)}
            settings = SETTINGS.format(server=server.url, keys="file", **values)
            (tmp_path / "counter.toml").write_text(settings, encoding="utf-8")
            (tmp_path / "token").write_text(server.token)
            run = chuangkou("doctor", "--data", str(tmp_path), "--json")
            (tmp_path / "token").write_text("not-a-token")
            unknown = json.loads(chuangkou("doctor", "--data", str(tmp_path), "--json").stdout)
        finally:
            printer.stop()
            sam.stop()
        answer = json.loads(run.stdout)
        assert (run.returncode, answer["ok"]) == (0, True), run.stdout
        parts = ["fonts", "settings", "keys", "database", "disk", "server", "clock", "token", "printer", "reader"]
        assert [each["part"] for each in answer["findings"]] == parts
        assert server.token not in run.stdout
        codes = {each["part"]: each["code"] for each in unknown["findings"]}
        assert (codes["server"], codes["token"]) == ("", "trouble_unauthorised")

    def test_every_part_that_is_ill_has_a_code_and_a_remedy(
        self, tmp_path: Path, closed_port: str, other_program: str
    ) -> None:
        settings = SETTINGS.format(
            server=other_program, keys="keyring", reader=f"127.0.0.1:{closed_port}", printer=f"127.0.0.1:{closed_port}"
        )
        (tmp_path / "counter.toml").write_text(settings, encoding="utf-8")
        (tmp_path / "counter.db").write_bytes(b"no database at all" * 1000)
        arguments = ("doctor", "--data", str(tmp_path))
        run = chuangkou(*arguments, "--json", DBUS_SESSION_BUS_ADDRESS="")
        assert run.returncode == 3
        found = {each["part"]: each for each in json.loads(run.stdout)["findings"]}
        assert {part: each["code"] for part, each in found.items() if not each["ok"]} == {
            "keys": "no_keyring",
            "database": "no_keyring",
            "server": "trouble_server_not_ours",
            "printer": "printer_unreachable",
            "reader": "device_port_absent",
        }
        assert "检查电源和网线" in found["printer"]["advice"]
        assert "请检查连接线和电源" in found["reader"]["advice"]
        lines = chuangkou(*arguments, DBUS_SESSION_BUS_ADDRESS="").stdout.splitlines()
        assert sum(line.startswith(text("doctor_ill")) for line in lines) == 5

    def test_a_database_that_is_none_is_found(self, tmp_path: Path, closed_port: str) -> None:
        nowhere = f"127.0.0.1:{closed_port}"
        settings = SETTINGS.format(server=f"http://{nowhere}", keys="file", reader=nowhere, printer=nowhere)
        (tmp_path / "counter.toml").write_text(settings, encoding="utf-8")
        (tmp_path / "counter.db").write_bytes(b"no database at all" * 1000)
        (tmp_path / "counter.key").write_text("ab" * 64)
        (tmp_path / "counter.key").chmod(0o600)
        found = json.loads(chuangkou("doctor", "--data", str(tmp_path), "--json").stdout)["findings"]
        codes = {each["part"]: each["code"] for each in found}
        assert (codes["database"], codes["server"], codes["keys"]) == ("wrong_key", "server_unreachable", "")


@pytest.fixture
def other_program(tmp_path: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()
