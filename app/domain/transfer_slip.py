"""The words on the paper of a transfer (SL-09 引导条): where the citizen goes now, and with what."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.business_day import CHINA
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.organisation import Window

TRANSFER_SLIP = "SL-09"
NO_CASE_YET = "还没有受理"
BRING = "身份证件、全部材料和这张引导单"
FIRST_IN_LINE = 0
"""A ticket that is handed over is the first in the line of the other window, behind whoever sits there."""


@dataclass(frozen=True, slots=True)
class Handing:
    """Who hands which ticket on; ``item`` is what it is about, empty where that is not known yet."""

    number: str
    business: str
    item: str
    clerk: str
    window: str
    now_ms: int


def transfer_fields(handing: Handing, to_window: Window, catalogue: Catalogue) -> dict[str, object]:
    """Return the fields of SL-09."""
    business = catalogue.businesses.get(handing.business)
    there = business_there(handing.business, to_window, catalogue)
    return {
        "hall": catalogue.center.name,
        "next_window": to_window.number,
        "next_biz": there,
        "ticket_no": handing.number,
        "ahead": FIRST_IN_LINE,
        "where": f"{to_window.zone}{to_window.number}窗口",
        "bring": BRING,
        "todo": handing.item or (business.name if business else handing.business) or there,
        "case_no": NO_CASE_YET,
        "clerk_no": handing.clerk,
        "window": handing.window,
        "now": f"{datetime.fromtimestamp(handing.now_ms // 1000, CHINA):%Y-%m-%d %H:%M}",
    }


def business_there(code: str, window: Window, catalogue: Catalogue) -> str:
    """Return what the citizen is called for there: their own business where that window has it, else what it has."""
    there = {each.code: each.name for each in catalogue.businesses_at_window(window.number)}
    return there.get(code) or next(iter(there.values()), window.theme)
