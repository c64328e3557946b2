"""The desk's hands: it lays cards, takes paper and numbers, pulls plugs; all through the simulators' control ports."""

import json
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.ports.clock import Clock, new_id
from devices.simulation.control import ControlClient


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper in the printer's tray; ``png`` is what the printer made of the bytes, ``codes`` what is read off it."""

    index: int
    text: str
    size: int
    violations: tuple[str, ...]
    png: bytes
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketPaper:
    """A number ticket from the kiosk, and what its code says."""

    number: str
    code: str


@dataclass(frozen=True, slots=True)
class WorldState:
    """What the desk shows; None where a part does not answer.

    ``scanner`` says whether the counter listens to it; ``tickets`` are those taken at this desk, oldest first.
    """

    card: str | None
    network: bool | None
    server: bool | None
    counter: bool | None
    printer: str | None
    papers: tuple[int, ...]
    scanner: bool | None = None
    tickets: tuple[TicketPaper, ...] = ()


class World:
    """Control ports as ``chuangkou demo`` wrote them into desk.json. Every method may raise OSError."""

    def __init__(self, file: Path, clock: Clock) -> None:
        self._clock = clock
        self._places: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
        credentials = json.loads(Path(self._places["credentials"]).read_text(encoding="utf-8"))
        self._kiosk_token: str = credentials["tokens"]["kiosk"]
        self.businesses: list[str] = credentials["businesses"]
        self._tickets: list[TicketPaper] = []

    def lay(self, person: str) -> None:
        """Lay a demo person's card on the reader."""
        self._ask("sam", {"do": "lay", "person": person})

    def lift(self) -> None:
        """Take the card away."""
        self._ask("sam", {"do": "lift"})

    def network(self, *, whole: bool) -> None:
        """Cut or mend the cable between counter and server."""
        self._ask("link", {"do": "heal" if whole else "cut"})

    def printer(self, fault: str | None) -> None:
        """Break the printer, or mend it."""
        self._ask("printer", {"do": "mend"} if fault is None else {"do": "fault", "kind": fault})

    def take_papers(self) -> None:
        """Empty the tray."""
        self._ask("printer", {"do": "take"})

    def demo(self, what: str) -> None:
        """Stop or start the server, pull or plug the counter PC."""
        self._ask("demo", {"do": what})

    def take_number(self, business: str) -> str:
        """Take a queue number at the kiosk and return it."""
        from sync.client.http import HttpCentralServer  # noqa: PLC0415 - an HTTP client is slow to import
        from sync.protocol.messages import IssueTicket  # noqa: PLC0415 - with it

        server = HttpCentralServer(self._places["base_url"], self._kiosk_token, self._clock)
        request = IssueTicket(business=business)
        number = server.issue_ticket(self._places["hall"], request, new_id(self._clock)).number
        slip = server.number_slip(self._places["hall"], number)
        self._tickets.append(TicketPaper(number, slip.qr or number))
        return number

    def scan(self, text: str) -> None:
        """Hold a code before the scanner."""
        self._ask("scanner", {"do": "scan", "text": text})

    def paper(self, index: int) -> Paper:
        """Return one paper with its picture."""
        answer = self._ask("printer", {"do": "paper", "index": index})
        return Paper(
            index=index,
            text=answer["text"],
            size=answer["bytes"],
            violations=tuple(answer["violations"]),
            codes=tuple(answer["codes"]),
            png=b64decode(answer["png"]),
        )

    def state(self) -> WorldState:
        """Look at everything; what does not answer is None."""
        processes = self._try("demo", {"do": "state"})
        link = self._try("link", {"do": "state"})
        printer = self._try("printer", {"do": "state"})
        papers = self._try("printer", {"do": "papers"})
        sam = self._try("sam", {"do": "state"})
        scanner = self._try("scanner", {"do": "state"})
        return WorldState(
            card=None if sam is None else str(sam["state"]),
            network=None if link is None else not link["cut"],
            server=None if processes is None else processes.get("server") is not None,
            counter=None if processes is None else processes.get("counter") is not None,
            printer=None if printer is None else _condition(printer),
            papers=tuple(each["index"] for each in papers["papers"]) if papers else (),
            scanner=None if scanner is None else bool(scanner["listeners"]),
            tickets=tuple(self._tickets),
        )

    def _try(self, place: str, request: dict[str, Any]) -> dict[str, Any] | None:
        try:
            return self._ask(place, request)
        except OSError:
            return None

    def _ask(self, place: str, request: dict[str, Any]) -> dict[str, Any]:
        host, _, port = self._places[place].rpartition(":")
        with ControlClient(host, int(port)) as client:
            answer = client.ask(request)
        if not answer.get("ok"):
            raise ConnectionError(str(answer.get("message")))
        return answer


def _condition(printer: dict[str, Any]) -> str:
    """Return the first thing that is wrong with the printer, else ``ready``."""
    return next((name for name, value in printer.items() if value is True and name != "ok"), "ready")
