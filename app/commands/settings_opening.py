"""Opens the settings window of a counter: its file as text, what each change makes of it, and the trials."""

import logging
import tomllib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import resources
from app.commands.checkup import devices
from app.commands.checkup.finding import Ill, Look, State, Within, look
from app.commands.device_addresses import templates_at
from app.commands.device_trials import Trials, trial_slip
from app.commands.display_drafts import frame_shown, kept_frame, line_of_call
from app.commands.doctor import DEVICE_S, device_looks
from app.commands.settings import (
    BARCODES,
    CHARSETS,
    CUTS,
    DRAWERS,
    BadSettings,
    CounterSettings,
    settings_in,
)
from app.commands.settings_values import BAUD_RATES
from app.commands.settings_writing import replace_file, with_value, without_table
from app.commands.site_names import keep_site_names, site_names
from app.commands.slip_encoding import profile_of
from app.domain.wedge import Pace
from app.ports.clock import Clock
from app.storage.messages import text
from ui.screens.settings.parts import Looked, SettingsParts
from ui.widgets.views import DeviceState

if TYPE_CHECKING:
    from PIL.Image import Image

    from devices.found import Found

log = logging.getLogger(__name__)

STATES: Final = {State.OK: DeviceState.OK, State.WARNING: DeviceState.WARN, State.FAULT: DeviceState.FAULT}
TRIAL_S: Final = 40.0
_NUMBERS: Final = frozenset({"columns", "baud_rate", "address", "turnaround_ms", "screen", "seconds"})
_TRUTHS: Final = {"true": True, "false": False}
_PARTS: Final = {"printer.other": "other_printer"}
"""What the doctor calls a table."""


class SettingsOpening:
    """``who`` sits here, ``number`` is theirs, for the log; ``trials`` may be quicker in a test."""

    def __init__(self, data: Path, clock: Clock, who: str, number: str = "", trials: Trials | None = None) -> None:
        self._file = data / "counter.toml"
        self._data, self._clock, self._who, self._number = data, clock, who, number
        self._trials = trials or Trials(data, clock)
        self._known: str | None = None

    def open(self) -> SettingsParts:
        """Return the parts; settings that cannot be read begin empty, and their check says so."""
        self._known = self._on_disk()
        return SettingsParts(
            who=self._who,
            clock=self._clock,
            content=self._known or "",
            names=site_names(self._data),
            check=self.check,
            value=self.value,
            change=self.change,
            choices=self.choices,
            look=self.look,
            attempt=self.attempt,
            found=found,
            save=self.save,
            paper=self.paper,
            pace=self.pace,
            frame=partial(frame_shown, self._data),
            frame_of=partial(line_of_call, self._data),
            keep_frame=partial(kept_frame, self._data),
            keep_names=partial(keep_site_names, self._data),
        )

    def check(self, content: str) -> str:
        """Return what is wrong with settings; empty where nothing is."""
        try:
            settings_in(content, self._file)
        except BadSettings as error:
            return text(error.fault, place=error.place)
        return ""

    def value(self, content: str, table: str, key: str) -> str:
        """Return a value as a person types it; empty where it is not set."""
        try:
            inside: object = tomllib.loads(content)
        except tomllib.TOMLDecodeError:
            return ""
        for each in table.split("."):
            inside = inside.get(each) if isinstance(inside, dict) else None
        said = inside.get(key, "") if isinstance(inside, dict) else ""
        return str(said).lower() if isinstance(said, bool) else str(said)

    def change(self, content: str, table: str, key: str, typed: str) -> str:
        """Return the settings with a value as it was typed; without an address there is no device.

        Nothing is refused here: ``check`` says what is wrong, with its line.
        """
        typed = typed.strip()
        try:
            if self._ends_device(content, table, key, typed):
                return without_table(content, table)
            return with_value(content, table, key, _meant(key, typed) if typed else None)
        except ValueError:
            return content

    def _ends_device(self, content: str, table: str, key: str, typed: str) -> bool:
        """Say whether a device has neither address nor anything that stands for one, once this is typed."""
        if table == "scanner" and key == "wedge":
            return typed.lower() != "true" and not self.value(content, table, "url")
        if typed or key != ("folder" if table == "camera" else "url"):
            return False
        typing = table == "scanner" and self.value(content, table, "wedge") == "true"
        return table != "printer" and not typing

    def pace(self, content: str) -> Pace | None:
        """Return how fast the scanner types of these settings; None where none does."""
        settings = self._settings(content)
        return None if isinstance(settings, Looked) else settings.wedge

    def choices(self, table: str, key: str) -> Sequence[str]:
        """Return what a value may be, where there are few."""
        kinds = {"display": "displays", "evaluator": "keypads"}
        if key == "template":
            return templates_at(Path(resources.__path__[0]) / kinds[table], self._data)
        return {
            "charset": tuple(CHARSETS),
            "columns": ("48", "32"),
            "cut": tuple(CUTS),
            "barcode": tuple(BARCODES),
            "drawer": tuple(DRAWERS),
            "baud_rate": tuple(map(str, BAUD_RATES)),
            "newest_address": tuple(_TRUTHS),
            "wedge": tuple(_TRUTHS),
        }.get(key, ())

    def look(self, content: str, table: str) -> Looked:
        """Look at one device of these settings, as ``chuangkou doctor`` does."""
        settings = self._settings(content)
        if isinstance(settings, Looked):
            return settings
        looks = dict(device_looks(settings, self._data)) | {"printer": partial(devices.printer, settings.printer)}
        part = _PARTS.get(table, table)
        if part not in looks:
            return Looked(DeviceState.WARN, text("device_not_there"))
        return _within(table, looks[part], DEVICE_S)

    def attempt(self, content: str, table: str, names: str) -> Looked:
        """Try one device of these settings."""
        settings = self._settings(content)
        if isinstance(settings, Looked):
            return settings
        log.info("settings.tried device=%s", table)
        return _within(table, partial(self._trials.try_device, settings, table, names), TRIAL_S)

    def save(self, content: str) -> tuple[bool, str]:
        """Write the settings if nothing is wrong with them; say what was written, or what is wrong."""
        if wrong := self.check(content):
            return False, wrong
        if self._on_disk() != self._known:
            return False, text("settings_changed", place=self._file.name)
        try:
            kept = replace_file(self._file, content)
        except OSError:
            return False, text("settings_not_written", place=self._file)
        self._known = content
        log.info("settings.saved by=%s", self._number)
        return True, text("settings_saved", backup=kept.name if kept is not None else "–")

    def _on_disk(self) -> str | None:
        """Return what lies there; None where nothing does that can be read."""
        try:
            return self._file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def paper(self, content: str, names: str) -> "Image | None":
        """Return the trial slip as the printer of these settings would burn it; None while they cannot be read."""
        from printing.bitmap import render  # noqa: PLC0415 - drawing is slow to load

        settings = self._settings(content)
        if isinstance(settings, Looked):
            return None
        return render(trial_slip(settings.printer, names), profile_of(settings.printer), 0)

    def _settings(self, content: str) -> CounterSettings | Looked:
        try:
            return settings_in(content, self._file)
        except BadSettings as error:
            ill = Ill(error.fault, place=error.place)
            return Looked(DeviceState.FAULT, ill.message, ill.advice)


def found() -> "Sequence[Found]":
    """Return what is plugged in."""
    from devices.found import found_devices  # noqa: PLC0415 - drivers are slow to load

    try:
        return Within("found", found_devices, DEVICE_S).result()
    except TimeoutError:
        return ()


def _meant(key: str, typed: str) -> str | int | bool:
    if key in ("newest_address", "wedge") and typed.lower() in _TRUTHS:
        return _TRUTHS[typed.lower()]
    if key in _NUMBERS and typed.isascii() and typed.isdecimal():
        return int(typed)
    return typed


def _within(part: str, examine: Look, limit_s: float) -> Looked:
    try:
        finding = Within(part, partial(look, part, examine), limit_s).result()
    except TimeoutError:
        ill = Ill("doctor_timeout", seconds=f"{limit_s:g}")
        return Looked(DeviceState.FAULT, ill.message, ill.advice)
    return Looked(STATES[finding.state], finding.message, finding.advice)
