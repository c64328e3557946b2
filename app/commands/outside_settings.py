"""What counter.toml may say of the window display and the evaluator (docs/window-devices.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.commands.settings_values import (
    BAUD_RATES,
    BadSettings,
    address_at,
    count_at,
    only,
    table_at,
    template_there,
    text_at,
)

DEVICE_BAUD = 9600
MAX_ADDRESS = 255
MAX_TURNAROUND_MS = 1_000
MAX_SCREEN = 8
MAX_RATING_S = 120


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """The LED display over the window; ``template`` is a name of resources/displays or a file beside the settings.

    ``bus_lock`` is a file that the programs of this computer lock while they speak on a shared RS-485 line.
    """

    url: str
    template: str
    baud_rate: int = DEVICE_BAUD
    address: int = 0
    turnaround_ms: int = 20
    bus_lock: Path | None = None


@dataclass(frozen=True, slots=True)
class EvaluatorSettings:
    """Where citizens rate: a keypad at ``url``, the ``screen`` with this number (from 2), or both; for ``seconds``."""

    url: str | None
    template: str
    baud_rate: int = DEVICE_BAUD
    address: int = 0
    screen: int | None = None
    seconds: int = 15


def display_settings(document: Mapping[str, Any], folder: Path) -> DisplaySettings | None:
    """Return the display's settings; None where there is no display.

    Raises:
        BadSettings: a key is missing, unknown or wrong.
    """
    if "display" not in document:
        return None
    table = table_at(document, "display")
    only(table, {"url", "template", "baud_rate", "address", "turnaround_ms", "bus_lock"}, "display.")
    return DisplaySettings(
        url=address_at(table, "display."),
        template=template_there(text_at(table, "template", "display."), "display.template", "displays", folder),
        baud_rate=count_at(table, "display.baud_rate", DEVICE_BAUD, BAUD_RATES),
        address=count_at(table, "display.address", 0, range(MAX_ADDRESS + 1)),
        turnaround_ms=count_at(table, "display.turnaround_ms", 20, range(MAX_TURNAROUND_MS + 1)),
        bus_lock=folder / text_at(table, "bus_lock", "display.") if "bus_lock" in table else None,
    )


def evaluator_settings(document: Mapping[str, Any], folder: Path) -> EvaluatorSettings | None:
    """Return the evaluator's settings; None where there is no evaluator.

    Raises:
        BadSettings: a key is missing, unknown or wrong.
    """
    if "evaluator" not in document:
        return None
    table = table_at(document, "evaluator")
    only(table, {"url", "template", "baud_rate", "address", "screen", "seconds"}, "evaluator.")
    if "url" not in table and "screen" not in table:
        raise BadSettings("settings_missing_key", "evaluator.url, evaluator.screen")
    return EvaluatorSettings(
        url=address_at(table, "evaluator.") if "url" in table else None,
        template=template_there(table.get("template", "five-keys"), "evaluator.template", "keypads", folder),
        baud_rate=count_at(table, "evaluator.baud_rate", DEVICE_BAUD, BAUD_RATES),
        address=count_at(table, "evaluator.address", 0, range(MAX_ADDRESS + 1)),
        screen=count_at(table, "evaluator.screen", 2, range(2, MAX_SCREEN + 1)) if "screen" in table else None,
        seconds=count_at(table, "evaluator.seconds", 15, range(5, MAX_RATING_S + 1)),
    )
