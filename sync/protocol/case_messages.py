"""The messages of the search over a hall's cases, masked, and of whole cases for who works on them."""

from typing import Any

from sync.protocol.messages import Message


class SearchCases(Message, frozen=True):
    """What the box asks for, as ``app.domain.case_search.tokens`` gives it."""

    words: list[str]


class CaseFound(Message, frozen=True):
    """A case in a list; ``tail`` is the end of the identity number, dates are ISO business dates."""

    case_id: str
    case_no: str
    item: str
    name: str
    tail: str
    state: str
    window: str
    clerk: str
    business_date: str
    accepted_on: str
    promised_due: str | None
    notice_due: str | None


class CasesFound(Message, frozen=True):
    """The newest hits; ``more`` says that there are others."""

    hits: list[CaseFound]
    more: bool


class CaseSeen(Message, frozen=True):
    """One case as it is looked at: ``number`` and ``phone`` masked, ``materials`` how many were in order."""

    case_id: str
    number: str
    phone: str
    accepted_ms: int
    materials: int
    doc_no: str | None


class WantCases(Message, frozen=True):
    """Which cases a counter misses, fifty at most."""

    case_ids: list[str]


class CaseRecords(Message, frozen=True):
    """Of those the ones that the asker may hold, each an ``app.domain.case.Case`` as plain JSON."""

    records: list[dict[str, Any]]
