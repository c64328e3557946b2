"""Barcode and cash drawer in counter.toml: the paper of a number carries the one, the trial opens the other."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.commands.device_trials import Trials
from app.commands.number_printing import NumberPrinting
from app.commands.settings import BadSettings, CounterSettings, settings_in
from app.commands.settings_opening import SettingsOpening
from app.commands.slip_encoding import profile_of
from app.commands.system_clock import SystemClock
from app.domain.scan import TicketCode, read_scan
from printing.delivery import JobPrinted, PrintEvent
from printing.simulator.printer import PrinterSimulator
from sync.protocol.messages import NumberSlip

BASE = 'server = "http://127.0.0.1:1"\ntoken_file = "token"\n[printer]\nurl = "tcp://{}:{}"\n'
PAPER = NumberSlip(
    hall="示范县政务服务中心",
    ticket_no="A018",
    biz="市场准入",
    zone="一楼东区",
    windows="A01-A06",
    issued_at="2026-11-23 09:12",
    miss_place="导办台",
    miss_n=3,
    hall_tel="0000-8000000",
    ahead=7,
    qr="ZW1N:9901-20261123-A018",
)
WAIT_S = 8


@pytest.fixture
def printer() -> Iterator[PrinterSimulator]:
    simulator = PrinterSimulator("127.0.0.1", 0, SystemClock())
    simulator.start()
    yield simulator
    simulator.stop()


def settings_with(printer: PrinterSimulator, lines: str, folder: Path) -> CounterSettings:
    return settings_in(BASE.format(*printer.address) + lines, folder / "counter.toml")


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ('barcode = "native"\n', ["ZW1N:9901-20261123-A018", "A018"]),
        ('barcode = "raster"\n', ["ZW1N:9901-20261123-A018", "A018"]),
        ("", ["ZW1N:9901-20261123-A018"]),
    ],
)
def test_a_number_carries_a_barcode_where_its_printer_is_set_to(
    printer: PrinterSimulator, tmp_path: Path, lines: str, codes: list[str]
) -> None:
    out = threading.Event()

    def tell(event: PrintEvent) -> None:
        if isinstance(event, JobPrinted):
            out.set()

    printing = NumberPrinting(settings_with(printer, lines, tmp_path).printer, SystemClock(), tell)
    try:
        printing.printed(printing.filled(PAPER), 0)
        assert out.wait(WAIT_S)
    finally:
        printing.stop()
    (paper,) = printer.handle({"do": "papers"})["papers"]
    assert (paper["codes"], paper["violations"]) == (codes, [])
    assert f"[CODE128 {PAPER.ticket_no}]" in paper["text"] or "native" not in lines
    numbers = {read_scan(code, date(2026, 11, 23)).number for code in codes}  # type: ignore[union-attr]
    assert numbers == {"A018"}
    assert read_scan(codes[0], date(2026, 11, 23)) == TicketCode("A018", "9901", date(2026, 11, 23))


@pytest.mark.parametrize(("drawer", "pulses"), [("none", 0), ("pin2", 1), ("pin5", 1)])
def test_the_trial_prints_and_then_opens_the_cash_drawer(
    printer: PrinterSimulator, tmp_path: Path, drawer: str, pulses: int
) -> None:
    settings = settings_with(printer, f'drawer = "{drawer}"\nbarcode = "raster"\n', tmp_path)
    said = Trials(tmp_path, SystemClock()).try_device(settings, "printer", "䶮")
    (paper,) = printer.handle({"do": "papers"})["papers"]
    assert paper["violations"] == []
    assert paper["codes"] == ["OK", "A018"]
    assert printer.handle({"do": "state"})["drawer_pulses"] == pulses
    assert ("钱箱" in said) is (pulses == 1)


def test_what_is_set_reaches_the_encoder_and_nothing_is_set_by_itself(
    printer: PrinterSimulator, tmp_path: Path
) -> None:
    bare = settings_with(printer, "", tmp_path).printer
    assert (bare.barcode, bare.drawer) == (None, "none")
    assert (profile_of(bare).barcode, profile_of(bare).drawer) == ("raster", "none")
    full = settings_with(printer, 'barcode = "native"\ndrawer = "pin5"\n', tmp_path).printer
    assert (profile_of(full).barcode, profile_of(full).drawer) == ("native", "pin5")


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ('barcode = "qr"\n', "printer.barcode: none, raster, native"),
        ("drawer = true\n", "printer.drawer: none, pin2, pin5"),
    ],
)
def test_a_wrong_value_names_its_place_and_what_is_allowed(
    printer: PrinterSimulator, tmp_path: Path, lines: str, place: str
) -> None:
    with pytest.raises(BadSettings) as caught:
        settings_with(printer, lines, tmp_path)
    assert place in caught.value.place


def test_the_settings_window_offers_both_by_their_values(tmp_path: Path) -> None:
    opening = SettingsOpening(tmp_path, SystemClock(), "秦某")
    assert opening.choices("printer", "barcode") == ("none", "raster", "native")
    assert opening.choices("printer", "drawer") == ("none", "pin2", "pin5")
    changed = opening.change(BASE.format("h", 1), "printer", "drawer", "pin2")
    assert opening.value(changed, "printer", "drawer") == "pin2"
    assert opening.check(changed) == ""
