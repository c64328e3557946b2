"""The words on the paper of a number (SL-01, slips.md)."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.business_day import CHINA
from app.domain.revival import PLACES_BACK
from app.domain.scan import TicketCode
from app.domain.ticket import Ticket

NUMBER_SLIP = "SL-01"
MISS_PLACE = "导办台"


@dataclass(frozen=True, slots=True)
class NumberPaper:
    """What the paper says beside the ticket: ``windows`` call it now, ``zones`` are theirs; ``eta`` in minutes.

    ``priority`` is the word for the ticket's priority, None without one. Who is passed over goes to ``miss_place``.
    """

    hall: str
    business: str
    windows: tuple[str, ...]
    zones: tuple[str, ...]
    hall_tel: str
    ahead: int
    eta: int | None = None
    priority: str | None = None
    miss_place: str = MISS_PLACE


def number_fields(ticket: Ticket, paper: NumberPaper) -> dict[str, str | int]:
    """Return the fields of SL-01; what has no value is left out."""
    fields: dict[str, str | int] = {
        "hall": paper.hall,
        "ticket_no": ticket.number,
        "biz": paper.business,
        "zone": "、".join(dict.fromkeys(filter(None, paper.zones))) or "大厅",
        "windows": "、".join(paper.windows) or "请听叫号",
        "issued_at": f"{datetime.fromtimestamp(ticket.issued_ms // 1000, CHINA):%Y-%m-%d %H:%M}",
        "miss_place": paper.miss_place,
        "miss_n": PLACES_BACK,
        "hall_tel": paper.hall_tel,
        "ahead": paper.ahead,
        "qr": TicketCode(ticket.number, ticket.hall, date.fromisoformat(ticket.business_date)).text,
    }
    if paper.eta is not None:
        fields["eta"] = paper.eta
    if paper.priority is not None:
        fields["priority"] = paper.priority
    return fields
