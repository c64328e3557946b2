"""The simulators as processes of their own."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.commands.card import read_within
from app.commands.system_clock import SystemClock
from app.ports.device_fault import FaultReason
from devices.errors import DeviceError
from devices.sam.demo_cards import demo_card
from devices.simulation.control import ControlClient
from devices.transport import SerialPort

CODE = """
import argparse, sys
from app.commands import simulate
parser = argparse.ArgumentParser()
simulate.register(parser.add_subparsers())
args = parser.parse_args()
sys.exit(args.run(args))
"""


@contextmanager
def simulate(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """Run the command as a process; yield it and the addresses it printed."""
    command = [sys.executable, "-c", CODE, "simulate", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host, int(port)


def is_listening(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=5).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_simulated_reader_is_driven_by_its_control_port_and_ends_cleanly(number: int) -> None:
    with simulate("sam", "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0") as (process, ready):
        with ControlClient(*address(ready["control"])) as control:
            assert control.ask({"do": "lay", "person": "P1"}) == {"ok": True, "state": "present", "faults": 0}
            assert control.ask({"do": "lift"})["state"] == "no_card"
            assert control.ask({"do": "eat"})["error"] == "bad_request"
            assert control.ask({"do": "lay", "card": {"name": 1}})["error"] == "bad_request"
            assert control.ask({"do": "lay", "card": "P1"})["error"] == "bad_request"
        process.send_signal(number)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""


def test_a_script_is_played_before_anybody_comes(tmp_path: Path) -> None:
    script = tmp_path / "script.jsonl"
    script.write_text('{"do": "lay", "person": "P1"}\n{"do": "wait", "ms": 1}\n{"do": "fault", "kind": "noise"}\n')
    arguments = ("sam", "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0", "--script", str(script))
    with simulate(*arguments) as (_, ready), ControlClient(*address(ready["control"])) as control:
        state = control.ask({"do": "state"})
        while state["faults"] == 0:
            state = control.ask({"do": "state"})
    assert state == {"ok": True, "state": "present", "faults": 1}


def test_a_display_says_what_it_shows() -> None:
    arguments = ("display", "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0")
    with (
        simulate(*arguments) as (_, ready),
        ControlClient(*address(ready["control"])) as control,
        socket.create_connection(address(ready["listening"]), timeout=5) as line,
    ):
        line.sendall(bytes.fromhex("0503E7EF 3A00780301B60A"))
        shown: dict[str, int] = {}
        while len(shown) < 2:
            shown = control.ask({"do": "state"})["shown"]
    assert shown == {"5": 999, "0": 888}


def test_a_scanner_sends_what_it_is_told_to_scan() -> None:
    arguments = ("scanner", "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0")
    with (
        simulate(*arguments) as (_, ready),
        ControlClient(*address(ready["control"])) as control,
        socket.create_connection(address(ready["listening"]), timeout=5) as line,
    ):
        assert control.ask({"do": "scan"})["error"] == "bad_request"
        while control.ask({"do": "state"})["listeners"] == 0:
            pass
        assert control.ask({"do": "scan", "text": "A023", "end": "crlf"})["scans"] == 1
        assert line.recv(100) == b"A023\r\n"


def test_a_display_and_a_keypad_speak_by_their_templates(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[frames]\ncall = "AA {text gb18030} {xor8} 0D"\n[ack]\nanswer = "06"\n', "utf-8")
    listen = ("--listen", "127.0.0.1:0", "--control", "127.0.0.1:0")
    with (
        simulate("display", *listen, "--template", str(own)) as (_, ready),
        ControlClient(*address(ready["control"])) as control,
        socket.create_connection(address(ready["listening"]), timeout=5) as line,
    ):
        line.sendall(bytes.fromhex("AA C7EB 86 0D"))
        assert line.recv(1) == b"\x06"
        assert control.ask({"do": "state"})["shown"] == {"0": "请"}
    with (
        simulate("keypad", *listen, "--template", "framed") as (_, ready),
        ControlClient(*address(ready["control"])) as control,
        socket.create_connection(address(ready["listening"]), timeout=5) as line,
    ):
        while control.ask({"do": "press", "grade": 5}).get("error"):
            pass
        assert line.recv(100).hex() == "aa5500a1a0"
    with simulate("display", *listen, "--template", "no-such") as (process, answer):
        assert (process.wait(20), answer["error"]) == (3, "template_unreadable")


def test_a_taken_port_is_refused_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with simulate("sam", "--listen", listen) as (process, answer):
            status = process.wait(20)
    assert (status, answer["error"]) == (3, "simulator_not_started")


def test_a_link_passes_on_what_it_is_told_until_it_is_cut() -> None:
    with (
        simulate("display", "--listen", "127.0.0.1:0") as (_, display),
        simulate("link", "--listen", "127.0.0.1:0", "--to", display["listening"], "--control", "127.0.0.1:0") as (
            _,
            link,
        ),
        ControlClient(*address(link["control"])) as control,
    ):
        assert is_listening(*address(link["listening"]))
        assert control.ask({"do": "cut"})["cut"] is True
        assert not is_listening(*address(link["listening"]))


def test_a_simulated_printer_answers_its_control_port() -> None:
    arguments = ("printer", "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0")
    with simulate(*arguments) as (_, ready), ControlClient(*address(ready["control"])) as control:
        assert control.ask({"do": "papers"}) == {"ok": True, "papers": []}


def test_a_link_to_nowhere_is_wrong_usage() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CODE, "simulate", "link", "--listen", "127.0.0.1:0"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_simulator_ends_with_the_process_that_started_it() -> None:
    starter = (
        "import subprocess, sys; child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE); "
        "print(child.stdout.readline().decode(), flush=True)"
    )
    command = [sys.executable, "-c", CODE, "simulate", "sam", "--listen", "127.0.0.1:0", "--die-with-parent"]
    started = subprocess.run(
        [sys.executable, "-c", starter, *command], capture_output=True, check=True, timeout=60, text=True
    )
    host, port = address(json.loads(started.stdout.splitlines()[0])["listening"])
    while is_listening(host, port):
        pass


def until(true: Callable[[], bool]) -> None:
    """Wait for a condition, looking often."""
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)


def test_a_reader_on_a_serial_port_is_read_and_comes_back_after_the_plug_was_pulled() -> None:
    with simulate("sam", "--listen", "pty:", "--control", "127.0.0.1:0") as (process, ready):
        url = ready["listening"]
        assert Path(url).is_char_device()
        with ControlClient(*address(ready["control"])) as control:
            control.ask({"do": "lay", "person": "P1"})
            assert read_within(20, url, SystemClock()) == demo_card("P1")
            control.ask({"do": "unplug"})
            until(lambda: not Path(url).exists())
            with pytest.raises(DeviceError) as gone:
                SerialPort(url).open()
            assert gone.value.reason is FaultReason.PORT_ABSENT
            control.ask({"do": "plug"})
            until(Path(url).exists)
            assert read_within(20, url, SystemClock()) == demo_card("P1")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert not Path(url).exists()
        assert process.stderr.read() == ""


def test_a_display_on_a_serial_port_shows_a_real_frame() -> None:
    arguments = ("display", "--listen", "pty:", "--control", "127.0.0.1:0", "--template", "seven-byte")
    with simulate(*arguments) as (_, ready), ControlClient(*address(ready["control"])) as control:
        port = SerialPort(ready["listening"], 9600)
        port.open()
        port.write(bytes.fromhex("3A 00 78 03 01 B6 0A"))
        until(lambda: control.ask({"do": "state"})["shown"] == {"0": 888})
        port.close()


def test_a_keypad_on_a_serial_port_is_heard_and_a_printer_answers_its_status() -> None:
    with (
        simulate("keypad", "--listen", "pty:", "--control", "127.0.0.1:0") as (_, ready),
        ControlClient(*address(ready["control"])) as control,
    ):
        port = SerialPort(ready["listening"], 9600)
        port.open()
        until(lambda: control.ask({"do": "state"})["listeners"] == 1)
        control.ask({"do": "press", "grade": 5})
        assert port.read(1, 20) == b"\x31"
        port.close()
    with simulate("printer", "--listen", "pty:") as (_, ready):
        port = SerialPort(ready["listening"], 19200)
        port.open()
        port.write(b"\x10\x04\x01")
        assert port.read(1, 20) == b"\x12"
        port.close()
