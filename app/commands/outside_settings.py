"""What counter.toml may say of the window display and the evaluator (docs/window-devices.md)."""

from dataclasses import dataclass
from pathlib import Path

DEVICE_BAUD = 9600


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
