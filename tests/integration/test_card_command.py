"""The card command against a real socket: whatever fails, it tries until the time is over."""

import argparse
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.commands import card
from devices.sam.demo_cards import demo_card
from devices.sam.fields import to_fields
from devices.sam.simulator import SamSimulator

Read = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def simulator() -> Iterator[SamSimulator]:
    simulator = SamSimulator("127.0.0.1", 0)
    simulator.start()
    yield simulator
    simulator.stop()


def chuangkou_card(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    card.register(parser.add_subparsers())
    args = parser.parse_args(["card", *arguments])
    return args.run(args)


@pytest.fixture
def read(simulator: SamSimulator, capsys: pytest.CaptureFixture[str]) -> Read:
    """Run the command on the simulator; return its status and its one JSON line."""

    def run(timeout: str = "10") -> tuple[int, dict[str, Any]]:
        status = chuangkou_card("--port", "socket://{}:{}".format(*simulator.address), "--timeout", timeout)
        [line] = capsys.readouterr().out.splitlines()
        return status, json.loads(line)

    return run


@pytest.mark.parametrize("person", ["P6", "P7", "P8", "J1", "I1", "Y1"])
def test_a_card_is_one_json_line(simulator: SamSimulator, read: Read, person: str) -> None:
    simulator.handle({"do": "lay", "person": person})
    assert read() == (0, to_fields(demo_card(person)))


@pytest.mark.parametrize("find_after_read", [True, False])
def test_a_card_that_was_read_already_is_read_again(
    simulator: SamSimulator, read: Read, *, find_after_read: bool
) -> None:
    simulator.handle({"do": "mode", "find_after_read": find_after_read})
    simulator.handle({"do": "lay", "person": "P1"})
    assert read() == read()


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "bad_xor", "command": "read"},
        {"kind": "wrong_length", "command": "select"},
        {"kind": "truncate", "command": "read"},
        {"kind": "noise", "times": 3},
        {"kind": "split", "times": 3},
        {"kind": "delay", "times": 3, "ms": 200},
        {"kind": "silence", "command": "find"},
        {"kind": "status", "command": "select", "sw3": "81"},
        {"kind": "status", "command": "find", "sw3": "24", "times": 2},
    ],
)
def test_the_command_tries_again_whatever_failed(simulator: SamSimulator, read: Read, fault: dict[str, Any]) -> None:
    simulator.handle({"do": "fault", **fault})
    simulator.handle({"do": "lay", "person": "P2"})
    status, answer = read()
    assert (status, answer["name"]) == (0, "李某")


def test_a_card_laid_while_the_command_waits_is_read(simulator: SamSimulator, read: Read) -> None:
    timer = threading.Timer(0.5, simulator.handle, [{"do": "lay", "person": "P2"}])
    timer.start()
    assert read()[0] == 0
    timer.join()


def test_a_reader_plugged_in_while_the_command_waits_is_used(simulator: SamSimulator, read: Read) -> None:
    simulator.handle({"do": "lay", "person": "P2"})
    simulator.handle({"do": "unplug"})
    timer = threading.Timer(0.5, simulator.handle, [{"do": "plug"}])
    timer.start()
    assert read()[0] == 0
    timer.join()


def test_a_line_that_breaks_in_the_middle_is_opened_again(simulator: SamSimulator, read: Read) -> None:
    simulator.handle({"do": "lay", "person": "P2"})
    simulator.handle({"do": "fault", "kind": "unplug", "command": "select"})
    timer = threading.Timer(1, simulator.handle, [{"do": "plug"}])
    timer.start()
    assert read()[0] == 0
    timer.join()


def test_no_card_is_refused_when_the_time_is_over(read: Read) -> None:
    status, answer = read("0.5")
    assert status == 3
    assert answer == {"error": "card_absent", "message": "读卡器上没有证件。请放上证件。"}


def test_a_card_that_cannot_be_read_is_refused_with_its_reason(simulator: SamSimulator, read: Read) -> None:
    simulator.handle({"do": "fault", "kind": "status", "command": "read", "sw3": "32", "times": 100})
    simulator.handle({"do": "lay", "person": "P2"})
    status, answer = read("1")
    assert (status, answer["error"]) in [(3, "sam_rejects_card"), (3, "card_select_failed")]


def test_a_silent_reader_does_not_outlast_the_timeout(simulator: SamSimulator, read: Read) -> None:
    simulator.handle({"do": "fault", "kind": "silence", "times": 100})
    status, answer = read("0.5")
    assert (status, answer["error"]) == (3, "device_silent")


def test_a_port_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert chuangkou_card("--port", f"socket://127.0.0.1:{port}", "--timeout", "0.5") == 3
    assert json.loads(capsys.readouterr().out)["error"] == "device_port_absent"


def test_a_port_of_no_known_kind_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert chuangkou_card("--port", "carrier-pigeon://1", "--timeout", "1") == 2
    assert json.loads(capsys.readouterr().out)["error"] == "device_bad_port"


@pytest.mark.parametrize("timeout", ["0", "-1", "nan", "inf", "soon"])
def test_a_timeout_that_makes_no_sense_is_wrong_usage(timeout: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        chuangkou_card("--port", "COM3", "--timeout", timeout)
    assert ended.value.code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no POSIX serial device")
def test_a_serial_device_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert chuangkou_card("--port", "/dev/ttyUSB99", "--timeout", "0.2") == 3
    assert json.loads(capsys.readouterr().out)["error"] == "device_port_absent"


def test_the_command_runs_as_a_process(simulator: SamSimulator) -> None:
    simulator.handle({"do": "lay", "person": "P6"})
    code = "import argparse, sys; from app.commands import card; p = argparse.ArgumentParser()\n"
    code += "card.register(p.add_subparsers()); a = p.parse_args(); sys.exit(a.run(a))"
    url = "socket://{}:{}".format(*simulator.address)
    ended = subprocess.run(
        [sys.executable, "-c", code, "card", "--port", url], capture_output=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout)["name"] == "䶮某"
