"""A registered first contact with what was said of it: whoever goes on with it types nothing again (rule I70)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import normalize

from app.domain.caller import Caller, caller_in
from app.domain.case_search import TAIL
from app.domain.channel import Channel

MAX_TYPED = 64
MAX_TEXT = 200
_NUMBER = re.compile(r"SW[0-9]{8}-[0-9]{4}-[0-9]{4,}")
_PERSONS = ("applicant", "agent")


@dataclass(frozen=True, slots=True, repr=False)
class ContactRecord:
    """One contact; it has no repr, for it names who asked and what.

    ``clerk`` at ``window`` was asked first; ``due`` is the last day to answer, ISO; times are UTC milliseconds.
    ``page`` is the work card as it stood (``app.domain.work.draft``), None once the contact is closed: what it knew is
    then in the case ``case_id``, or was answered without one.
    """

    contact_id: str
    no: str
    channel: Channel
    topic: str
    clerk: str
    window: str
    due: str
    registered_ms: int
    page: Mapping[str, Any] | None
    closed_ms: int | None = None
    case_id: str | None = None

    @property
    def open(self) -> bool:
        """Whether somebody may still go on with it."""
        return self.closed_ms is None and self.page is not None


def contact_no(typed: str) -> str | None:
    """Return the number of a contact as printed, from what was typed or scanned; None where it is none."""
    plain = "".join(normalize("NFKC", typed[:MAX_TYPED]).upper().split())
    return plain if _NUMBER.fullmatch(plain) else None


def caller_of(page: Mapping[str, Any]) -> Caller | None:
    """Return who rang or wrote, as it stands on the page of a contact; None where nobody is named."""
    values = (page.get("ending") or {}).get("values") or {}
    return caller_in(str(values.get("caller", "")))


def found_by(record: ContactRecord, tokens: Sequence[str]) -> bool:
    """Say whether every token of the F7 box begins a word of an open contact: its number, the end of a number."""
    words = tuple(_words(record))
    return record.open and bool(tokens) and all(any(word.startswith(each) for word in words) for each in tokens)


def closed_record(record: ContactRecord, case_id: str | None, now_ms: int) -> ContactRecord:
    """Return the contact as closed by a case, or by an answer; what was said of it is kept no longer than needed."""
    return replace(record, topic="", page=None, closed_ms=now_ms, case_id=case_id)


def record_to_json(record: ContactRecord) -> dict[str, Any]:
    """Return an open contact as plain JSON values."""
    return {
        "contact_id": record.contact_id,
        "no": record.no,
        "channel": record.channel.value,
        "topic": record.topic,
        "clerk": record.clerk,
        "window": record.window,
        "due": record.due,
        "registered_ms": record.registered_ms,
        "page": dict(record.page or {}),
    }


def record_of(value: Mapping[str, Any]) -> ContactRecord:
    """Read what ``record_to_json`` made.

    Raises:
        ValueError: a field is missing, too long or of another type.
    """
    try:
        texts = {name: _text(value[name]) for name in ("contact_id", "no", "topic", "clerk", "window", "due")}
        page, registered_ms = value["page"], value["registered_ms"]
        channel = Channel(value["channel"])
    except KeyError as error:
        raise ValueError("a field of a contact is missing") from error
    if not isinstance(page, dict) or type(registered_ms) is not int:
        raise ValueError("a contact has a page and the moment it was registered")
    return ContactRecord(
        contact_id=texts["contact_id"],
        no=texts["no"],
        channel=channel,
        topic=texts["topic"],
        clerk=texts["clerk"],
        window=texts["window"],
        due=texts["due"],
        registered_ms=registered_ms,
        page=page,
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise ValueError("a short text is expected")
    return value


def _words(record: ContactRecord) -> Iterator[str]:
    plain = record.no.replace("-", "").lower()
    yield from (plain, plain.removeprefix("sw"))
    parts = record.no.split("-")
    yield parts[-1].lstrip("0").zfill(TAIL)
    page = record.page or {}
    caller = caller_of(page)
    tails = [caller.phone if caller is not None else ""]
    tails += [str((page.get(slot) or {}).get(name) or "") for slot in _PERSONS for name in ("number", "phone")]
    yield from (each[-TAIL:].lower() for each in tails if len(each) >= TAIL)
