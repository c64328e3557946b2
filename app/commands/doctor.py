"""``chuangkou doctor``: what works on this machine, and what to do about what does not."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.checkup import devices, machine
from app.commands.checkup.a4 import a4
from app.commands.checkup.finding import Finding, Ill, Look, Looking, State, Within, fault
from app.commands.checkup.server import server_findings
from app.commands.floor_settings import FloorSettings, floor_settings
from app.commands.settings import BadSettings, CounterSettings, load_settings
from app.commands.site_names import site_names
from app.commands.system_clock import SystemClock
from app.storage.messages import text

if TYPE_CHECKING:
    from devices.found import Found

REFUSED = 3
DEVICE_S = 8.0
FONTS_S = 30.0
KEYS_S = 10.0
DATABASE_S = 120.0
SERVER_S = 20.0
"""How long a look may take; all begin at the same time."""
_MARKS = {State.OK: "doctor_well", State.WARNING: "doctor_warning", State.FAULT: "doctor_ill"}


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("doctor", help="devices, database, keyring, fonts, server: what works")
    parser.add_argument("--data", type=Path, default=Path("var/demo/counter"), help="the counter's data directory")
    parser.add_argument("--json", action="store_true", help="one JSON line instead of text")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings and what is plugged in; the status is 0 when all works, else 3."""
    findings = examine(arguments.data.resolve())
    plugged = _plugged_in()
    well = all(each.ok for each in findings)
    if arguments.json:
        told = [{**asdict(each), "says": text(each.looks)} for each in plugged]
        line = {"ok": well, "findings": [asdict(each) for each in findings], "devices": told}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        return 0 if well else REFUSED
    for each in findings:
        sys.stdout.write(f"{text(_MARKS[each.state])}  {text(f'doctor_{each.part}')}：{each.message}\n")
        if each.advice:
            sys.stdout.write(f"    → {each.advice}\n")
    sys.stdout.write(text("doctor_plugged" if plugged else "doctor_nothing_plugged") + "\n")
    for one in plugged:
        closed = "" if one.open_to_us else text("looks_closed")
        sys.stdout.write(f"    {'　'.join(filter(None, (one.address, text(one.looks), one.name, closed)))}\n")
    return 0 if well else REFUSED


def examine(data: Path) -> Sequence[Finding]:
    """Look at everything that the settings in a data directory name, at the same time."""
    fonts = Looking.at("fonts", partial(machine.fonts, site_names(data)), FONTS_S)
    file = data / "counter.toml"
    settings: FloorSettings | CounterSettings | None = None
    try:
        settings = floor_settings(file) or load_settings(file)
    except BadSettings as error:
        first = fault("settings", Ill(error.fault, place=error.place))
    else:
        first = Finding("settings", ok=True, state=State.OK, message=str(file))
    if settings is None:
        return (*fonts.findings(), first)
    return (*fonts.findings(), first, *_found(settings, data))


def _found(settings: FloorSettings | CounterSettings, data: Path) -> Iterator[Finding]:
    here = [Looking.at(part, examine, limit_s) for part, examine, limit_s in _machine(settings, data)]
    asked = (settings.server, SystemClock(), settings.token_file, settings.key_store, data)
    server = Looking("server", partial(server_findings, *asked), SERVER_S)
    hardware = [Looking.at(part, examine, DEVICE_S) for part, examine in _devices(settings, data)]
    for each in (*here, server, *hardware):
        yield from each.findings()


def _machine(settings: FloorSettings | CounterSettings, data: Path) -> Iterator[tuple[str, Look, float]]:
    if isinstance(settings, CounterSettings):
        yield "keys", partial(machine.keys, settings, data), KEYS_S
        yield "database", partial(machine.database, settings, data), DATABASE_S
    yield "disk", partial(machine.disk, data), KEYS_S


def _devices(settings: FloorSettings | CounterSettings, data: Path) -> Iterator[tuple[str, Look]]:
    if settings.printer is not None:
        yield "printer", partial(devices.printer, settings.printer)
    if isinstance(settings, CounterSettings):
        yield from device_looks(settings, data)


def device_looks(settings: CounterSettings, data: Path) -> Iterator[tuple[str, Look]]:
    """Yield the looks at a counter's devices beside its slip printer."""
    looks: tuple[tuple[str, object, Callable[..., Look]], ...] = (
        ("other_printer", settings.printer.other, lambda found: partial(devices.printer, found)),
        ("reader", settings.reader, lambda found: partial(devices.reader, found)),
        ("a4", settings.a4_url, lambda found: partial(a4, found, data)),
        ("scanner", settings.scanner, lambda found: partial(devices.scanner, found)),
        ("display", settings.display, lambda found: partial(devices.display, found, data)),
        ("camera", settings.camera, lambda found: partial(devices.camera, found)),
        ("tokens", settings.tokens or None, lambda found: partial(devices.tokens, found)),
        ("evaluator", settings.evaluator, lambda found: partial(devices.evaluator, found, data)),
    )
    return ((part, make(found)) for part, found, make in looks if found is not None)


def _plugged_in() -> "Sequence[Found]":
    from devices.found import found_devices  # noqa: PLC0415 - drivers are slow to load

    try:
        return Within("plugged", found_devices, DEVICE_S).result()
    except TimeoutError:
        return ()
