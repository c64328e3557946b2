"""The helper process with a real shared library in it, and helpers that lie."""

import ast
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from reader_ends import PATIENCE_S, HastyReader

from app.commands.card import read_within
from app.commands.system_clock import SystemClock
from app.ports.card_reader import ReaderBack, ReaderEvent, ReaderLost
from app.ports.device_fault import Advice, FaultReason
from devices.errors import DeviceError
from devices.sam import card, commands
from devices.sam.demo_cards import demo_card
from devices.sam.line import line_to
from devices.sam.simulator import SamSimulator
from devices.vendor_dll.address import LibraryAddress, parse_library
from devices.vendor_dll.line import HELPER, LibraryLine
from devices.vendor_dll.process import MAX_LINE

GONE_S = 5
QUICK_MS = -800
"""Of the second that find may take, so much less in a test of a library that hangs."""
READY = "print('{\"ready\": 64}', flush=True); import sys; next(sys.stdin)\n"
OPENED = READY + 'print(\'{"id": 1, "value": 144}\', flush=True); next(sys.stdin)\n'
NOWHERE = LibraryAddress("sdtapi.dll", 1001, sys.executable)


@pytest.fixture(autouse=True)
def _before_the_library(simulator: SamSimulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library finds the simulated module."""
    monkeypatch.setenv("FAKE_SDT_SAM", str(simulator.address[1]))


@pytest.fixture
def line(vendor_library: Path, simulator: SamSimulator) -> Iterator[LibraryLine]:
    """A line that was opened; every thread of it is gone at the end."""
    before = set(threading.enumerate())
    line = LibraryLine(parse_library(f"dll:{vendor_library}"))
    line.open()
    yield line
    line.close()
    for each in set(threading.enumerate()) - before:
        each.join(GONE_S)  # the simulator's end of the line notices a moment later
    assert set(threading.enumerate()) <= before


def reason_of_asking(line: LibraryLine) -> FaultReason:
    with pytest.raises(DeviceError) as refused:
        line.ask(commands.FIND)
    return refused.value.reason


def refusal(line: LibraryLine) -> DeviceError:
    try:
        line.open()
        line.ask(commands.READ)
    except DeviceError as refused:
        return refused
    finally:
        line.close()
    pytest.fail("it was believed")


def test_the_library_finds_selects_and_reads_without_the_photo(simulator: SamSimulator, line: LibraryLine) -> None:
    assert line.ask(commands.FIND).sw3 == 0x80
    simulator.handle({"do": "lay", "person": "P6"})
    assert [line.ask(each).sw3 for each in (commands.FIND, commands.SELECT)] == [0x9F, 0x90]
    data = line.ask(commands.READ).data
    assert len(data) == 4 + 256
    assert card.decode(commands.text_block(data)) == demo_card("P6")


def test_what_the_library_has_no_call_for_is_refused_as_a_module_does(line: LibraryLine) -> None:
    assert line.ask(commands.STATUS).sw3 == commands.OK
    assert {line.ask(each).sw3 for each in (commands.SAM_ID, commands.NEWEST_ADDRESS)} == {0x21}


@pytest.mark.parametrize("sw3", ["31", "40", "41", "66", "81"])
def test_the_value_of_a_call_is_the_modules_own_code(simulator: SamSimulator, line: LibraryLine, sw3: str) -> None:
    simulator.handle({"do": "fault", "kind": "status", "command": "select", "sw3": sw3})
    assert line.ask(commands.SELECT).sw3 == int(sw3, 16)


def test_a_value_that_no_module_answers_means_the_reader_is_gone(simulator: SamSimulator, line: LibraryLine) -> None:
    simulator.handle({"do": "unplug"})
    assert reason_of_asking(line) is FaultReason.DISCONNECTED


def test_a_library_that_crashes_takes_only_its_helper_along(simulator: SamSimulator, line: LibraryLine) -> None:
    simulator.handle({"do": "fault", "kind": "status", "command": "find", "sw3": "EE"})
    assert reason_of_asking(line) is FaultReason.HELPER_LOST
    line.open()
    assert line.ask(commands.FIND).sw3 == 0x80


def test_a_reader_whose_library_crashed_is_lost_once_and_back_once(
    vendor_library: Path, simulator: SamSimulator
) -> None:
    reader = HastyReader(line_to(f"dll:{vendor_library}", SystemClock()))
    told: queue.Queue[ReaderEvent] = queue.Queue()
    reader.start(told.put)
    assert told.get(timeout=PATIENCE_S) == ReaderBack("")
    simulator.handle({"do": "fault", "kind": "status", "command": "find", "sw3": "EE"})
    assert told.get(timeout=PATIENCE_S) == ReaderLost(FaultReason.HELPER_LOST, Advice.REPLUG)
    assert told.get(timeout=PATIENCE_S) == ReaderBack("")
    reader.stop()
    assert told.empty()


def test_a_library_that_hangs_is_given_up_and_ended(
    vendor_library: Path, simulator: SamSimulator, line: LibraryLine
) -> None:
    hanging = LibraryLine(parse_library(f"dll:{vendor_library}"), slack_ms=QUICK_MS)
    hanging.open()
    simulator.handle({"do": "fault", "kind": "silence", "command": "find"})
    assert reason_of_asking(hanging) is FaultReason.HELPER_LOST
    hanging.close()
    assert line.ask(commands.FIND).sw3 == 0x80


def test_nobody_waits_for_a_library_once_the_counter_closes(vendor_library: Path, simulator: SamSimulator) -> None:
    closing = threading.Event()
    line = LibraryLine(parse_library(f"dll:{vendor_library}"), closing.is_set, slack_ms=60_000)
    line.open()
    simulator.handle({"do": "fault", "kind": "silence", "command": "find"})
    closing.set()
    assert reason_of_asking(line) is FaultReason.HELPER_LOST
    line.close()


def test_a_hanging_helper_ends_with_the_counter_even_when_nobody_ends_it(
    vendor_library: Path, simulator: SamSimulator
) -> None:
    simulator.handle({"do": "fault", "kind": "silence", "command": "find"})
    requests = b'{"id": 1, "do": "open", "port": 1001}\n{"id": 2, "do": "find"}\n'
    command = [sys.executable, "-I", HELPER, vendor_library]
    ended = subprocess.run(command, input=requests, capture_output=True, check=False, timeout=PATIENCE_S)
    assert ended.returncode == 1
    assert [json.loads(line) for line in ended.stdout.splitlines()] == [{"ready": 64}, {"id": 1, "value": 144}]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"hello", "JSONDecodeError"),
        (b"[1]", "TypeError"),
        (b'{"id": 1}', "KeyError"),
        (b'{"id": 1, "do": "find"}', "ValueError"),
        (b'{"id": 1, "do": "open", "port": "x"}', "ValueError"),
    ],
)
def test_the_helper_refuses_what_makes_no_sense_and_goes_on(vendor_library: Path, line: bytes, error: str) -> None:
    command = [sys.executable, "-I", HELPER, vendor_library]
    ended = subprocess.run(
        command, input=line + b"\n" + line + b"\n", capture_output=True, check=False, timeout=PATIENCE_S
    )
    said = [json.loads(each) for each in ended.stdout.splitlines()]
    assert [each.get("error") for each in said] == [None, error, error]
    assert ended.returncode == 0


def test_the_card_command_reads_by_the_library(vendor_library: Path, simulator: SamSimulator) -> None:
    simulator.handle({"do": "lay", "person": "I1"})
    simulator.handle({"do": "fault", "kind": "status", "command": "select", "sw3": "EE"})
    assert read_within(PATIENCE_S, f"dll:{vendor_library}", SystemClock()) == demo_card("I1")


def test_a_reader_that_is_not_plugged_in_is_absent(vendor_library: Path, simulator: SamSimulator) -> None:
    for port in (1001, 1):
        if port == 1001:
            simulator.handle({"do": "unplug"})
        error = refusal(LibraryLine(parse_library(f"dll:{vendor_library}?port={port}")))
        assert (error.reason, error.advice) == (FaultReason.PORT_ABSENT, Advice.CHECK_CABLE)


@pytest.mark.parametrize("python", [sys.executable, "/no/such/python"])
def test_a_library_or_an_interpreter_that_is_not_there_is_told(python: str, tmp_path: Path) -> None:
    error = refusal(LibraryLine(LibraryAddress(str(tmp_path / "sdtapi.dll"), 1001, python)))
    assert (error.reason, error.advice) == (FaultReason.LIBRARY_UNUSABLE, Advice.CHECK_LIBRARY)


def test_a_library_without_the_calls_is_told() -> None:
    library = "msvcrt.dll" if sys.platform == "win32" else "libc.so.6"
    error = refusal(LibraryLine(LibraryAddress(library, 1001, sys.executable)))
    assert error.reason is FaultReason.LIBRARY_UNUSABLE
    assert "SDT_OpenPort" in error.detail


@pytest.mark.parametrize(
    "program",
    [
        "",
        "print('ready')",
        "print('[1]')",
        "print('[' * 8000)",
        f"print('x' * {2 * MAX_LINE})",
        f"import sys\nwhile True: sys.stdout.write('x' * {MAX_LINE})",
        READY + "print('\\udcff', flush=True)",
        READY + 'print(\'{"id": 7, "value": 144}\', flush=True)',
        READY + 'print(\'{"id": 1, "value": "ok"}\', flush=True)',
        READY + 'print(\'{"id": 1, "error": "KeyError"}\', flush=True)',
        OPENED + 'print(\'{"id": 2, "value": 144}\', flush=True)',
        OPENED + 'print(\'{"id": 2, "value": 144, "text": "?"}\', flush=True)',
        OPENED + 'print(\'{"id": 2, "value": 144, "text": 5}\', flush=True)',
    ],
)
def test_a_helper_that_says_what_makes_no_sense_is_lost(program: str) -> None:
    line = LibraryLine(NOWHERE, command=(sys.executable, "-S", "-c", program))
    assert refusal(line).reason is FaultReason.HELPER_LOST


def test_the_helper_needs_nothing_that_an_old_interpreter_has_not() -> None:
    tree = ast.parse(HELPER.read_text(encoding="utf-8"), feature_version=(3, 8))
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert set(named) <= {*sys.stdlib_module_names, "__future__"}


def test_an_address_names_library_port_and_interpreter() -> None:
    assert parse_library("dll:C:/r/sdtapi.dll?port=16&python=C:/py/python.exe") == LibraryAddress(
        "C:/r/sdtapi.dll", 16, "C:/py/python.exe"
    )
    assert parse_library("dll:sdtapi.dll") == LibraryAddress("sdtapi.dll", 1001, sys.executable)


@pytest.mark.parametrize("url", ["dll:", "dll:?port=1001", "dll:a?port=17", "dll:a?port=x", "dll:a?bits=32", "dll:a?b"])
def test_an_address_that_makes_no_sense_is_refused(url: str) -> None:
    with pytest.raises(DeviceError) as refused:
        parse_library(url)
    assert refused.value.reason is FaultReason.BAD_PORT
