"""投诉: what somebody complains of at a window, by when it is answered, and the words of its receipt (SL-15).

Source: domain.md rules I39, I40, I71; flows.md section 13; slips.md SL-15. Who complains stands on no paper.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.catalogue.catalogue import Catalogue
from app.domain.deadline import Due
from app.domain.person_entry import PHONE
from app.domain.receipt import date_words, moment_words

COMPLAINT_SLIP = "SL-15"
ANSWER = "说明情况，给予答复"
"""What is asked for where nothing else was said."""
EXTENDED_BY = 5
"""Working days by which the answer to a difficult complaint may be put off, with the reason told (SL-15)."""
MAX_WORDS = 200
MAX_NAME = 50


class ComplaintFault(StrEnum):
    """Why a complaint cannot be registered as it stands; codes of the messages."""

    WORDS_NEEDED = "complaint_words_needed"
    TOO_LONG = "complaint_too_long"
    NAME_AND_PHONE = "complaint_name_and_phone"
    PHONE_WRONG = "complaint_phone_wrong"
    NO_SUCH_WINDOW = "complaint_no_such_window"
    OWN_WINDOW = "complaint_own_window"


class ComplaintChannel(StrEnum):
    """How it reached the hall."""

    ON_SITE = "on_site"
    PHONE = "phone"
    LETTER = "letter"
    BOX = "box"


CHANNELS: Mapping[ComplaintChannel, str] = {
    ComplaintChannel.ON_SITE: "现场",
    ComplaintChannel.PHONE: "电话",
    ComplaintChannel.LETTER: "来信",
    ComplaintChannel.BOX: "意见箱",
}
"""The words on the receipt."""


@dataclass(frozen=True, slots=True, repr=False)
class ComplaintSaid:
    """What was typed; ``target`` is a window or empty for the hall. No repr: it names persons."""

    words: str
    target: str = ""
    name: str = ""
    phone: str = ""
    wish: str = ""
    channel: ComplaintChannel = ComplaintChannel.ON_SITE

    @property
    def named(self) -> bool:
        """实名: somebody waits for a written answer (domain rules I40, I71)."""
        return bool(self.name)


def fault_of(said: ComplaintSaid, windows: Collection[str], own: str) -> ComplaintFault | None:
    """Return the first thing that is wrong. A window takes no complaint about itself: whom it is about learns nothing.

    Who gives a name gives a telephone, and the other way round: one without the other answers nobody.
    """
    if not said.words:
        return ComplaintFault.WORDS_NEEDED
    if max(len(said.words), len(said.wish)) > MAX_WORDS or len(said.name) > MAX_NAME:
        return ComplaintFault.TOO_LONG
    if bool(said.name) is not bool(said.phone):
        return ComplaintFault.NAME_AND_PHONE
    if said.phone and not PHONE.fullmatch(said.phone):
        return ComplaintFault.PHONE_WRONG
    if said.target and said.target not in windows:
        return ComplaintFault.NO_SUCH_WINDOW
    return ComplaintFault.OWN_WINDOW if said.target == own else None


def complaint_number(today: date, counter: str, sequence: int) -> str:
    """Return ``TS20261123-0003-0001``: counter 0003's first of the day, so that it can be given without a server."""
    return f"TS{today:%Y%m%d}-{counter}-{sequence:04}"


def complaint_series(today: date) -> str:
    """Return the name of the series of a day's numbers."""
    return f"complaint/{today:%Y%m%d}"


@dataclass(frozen=True, slots=True, repr=False)
class ComplaintReceipt:
    """What the receipt says beside the complaint: its number, query code, last day, and who took it when."""

    number: str
    code: str
    due: Due
    clerk: str
    at_ms: int


def complaint_fields(said: ComplaintSaid, receipt: ComplaintReceipt, catalogue: Catalogue) -> dict[str, object]:
    """Return the fields of SL-15; the name is never printed."""
    center, named = catalogue.center, said.named
    day = date_words(receipt.due.date.isoformat())
    return {
        "hall": center.name,
        "no": receipt.number,
        "now": moment_words(receipt.at_ms),
        "who": "实名（不打印姓名）" if named else "匿名",
        "channel": CHANNELS[said.channel],
        "summary": said.words,
        "target": f"{said.target}窗口" if said.target else "大厅",
        "ask": said.wish or ANSWER,
        "due": f"{day}（暂定）" if receipt.due.provisional else day,
        "reply_mode": "书面答复您" if named else "办结",
        "ext": EXTENDED_BY,
        "eff_tel": center.efficacy_tel,
        "clerk_no": receipt.clerk,
        "hall_tel": center.hall_tel,
        "qr": f"ZW1T:{receipt.number}",
        "qcode": receipt.code,
    }
