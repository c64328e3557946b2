"""The counter's log as a measuring instrument: which event came when."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hands import until

LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) \w+ \S+ (\S+)(.*)")


@dataclass(frozen=True)
class Event:
    """``at`` is seconds since the epoch."""

    at: float
    name: str
    rest: str


class Journal:
    """Reads what was logged after ``since`` (seconds since the epoch)."""

    def __init__(self, counter_data: Path, since: float) -> None:
        self._path = counter_data / "log" / "counter.log"
        self._since = since

    def events(self, name: str) -> list[Event]:
        """All of one name, oldest first."""
        if not self._path.exists():
            return []
        matches = (LINE.match(line) for line in self._path.read_text(encoding="utf-8").splitlines())
        found = [Event(_seconds(match[1]), match[2], match[3].strip()) for match in matches if match]
        return [event for event in found if event.name == name and event.at >= self._since]

    def first(self, name: str, within_s: float = 30.0) -> Event:
        """Wait for the first of a name."""
        found: list[Event] = until(lambda: self.events(name), within_s, f"{name} was not logged")
        return found[0]

    def stalls_ms(self, since: float) -> list[int]:
        """How long the GUI thread did not answer, each time it was too long."""
        stalls = [event for event in self.events("gui.stall") if event.at >= since]
        return [int(event.rest.removeprefix("ms=").partition(" ")[0]) for event in stalls]


def _seconds(text: str) -> float:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S,%f").timestamp()  # noqa: DTZ007 - the log speaks local time
