"""盖章正本: the sealed A4 original behind a thermal slip, owed from its commit until the seal is confirmed."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.paper.blocks import Document, Seal
from app.domain.transitions import TransitionTable

COPIES = 2
"""One for the applicant, one for the file (flows.md section 21)."""


class OriginalState(StrEnum):
    """Where an original stands; all but the last two are on the list 待出正本."""

    OWED = "owed"
    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    KEPT = "kept"
    """No A4 printer is connected: its PDF lies in a folder of this counter, and a person prints that."""
    UNKNOWN = "unknown"
    """The way to the printer broke while it was handed over: only a person can say whether paper came out."""
    SEALED = "sealed"
    VOIDED = "voided"


class OriginalEvent(StrEnum):
    """What happens to an original."""

    PRINT = "print"
    SEND = "send"
    DELIVER = "deliver"
    KEEP = "keep"
    FAIL = "fail"
    STAY = "stay"
    """A second printing failed: the copies of the first one still lie there."""
    BREAK = "break"
    SEAL = "seal"
    REPRINT = "reprint"
    """More copies of a sealed one: it stays as it is, the copies are owed beside it."""
    VOID = "void"


_S, _E = OriginalState, OriginalEvent
ORIGINAL = TransitionTable(
    {
        (_S.OWED, _E.PRINT): _S.QUEUED,
        (_S.PRINTED, _E.PRINT): _S.QUEUED,
        (_S.KEPT, _E.PRINT): _S.QUEUED,
        (_S.UNKNOWN, _E.PRINT): _S.QUEUED,
        (_S.QUEUED, _E.SEND): _S.SENDING,
        (_S.SENDING, _E.DELIVER): _S.PRINTED,
        (_S.SENDING, _E.KEEP): _S.KEPT,
        (_S.SENDING, _E.FAIL): _S.OWED,
        (_S.SENDING, _E.STAY): _S.PRINTED,
        (_S.SENDING, _E.BREAK): _S.UNKNOWN,
        (_S.PRINTED, _E.SEAL): _S.SEALED,
        (_S.KEPT, _E.SEAL): _S.SEALED,
        (_S.UNKNOWN, _E.SEAL): _S.SEALED,
        (_S.SEALED, _E.REPRINT): _S.SEALED,
        (_S.OWED, _E.VOID): _S.VOIDED,
        (_S.QUEUED, _E.VOID): _S.VOIDED,
        (_S.PRINTED, _E.VOID): _S.VOIDED,
        (_S.KEPT, _E.VOID): _S.VOIDED,
        (_S.UNKNOWN, _E.VOID): _S.VOIDED,
        (_S.SEALED, _E.VOID): _S.VOIDED,
    }
)

UNSEALED = tuple(each for each in OriginalState if each not in (_S.SEALED, _S.VOIDED))
"""The states of the list 待出正本."""


@dataclass(frozen=True, slots=True)
class Original:
    """One document that is owed under seal; its content lies beside it, frozen with the act, and names persons.

    ``prints`` counts how often the document went, or may have gone, to the printer: the next printing bears 补打
    ``prints``. A sealed one that is printed again is a row of its own, which begins with the count of the first.
    ``place`` is where the last PDF was handed to, ``fault`` the code of why the last try failed; ``*_ms`` UTC
    milliseconds.
    """

    original_id: str
    case_id: str
    slip: str
    title: str
    doc_no: str
    item_name: str
    created_ms: int
    copies: int = COPIES
    prints: int = 0
    state: OriginalState = OriginalState.OWED
    place: str = ""
    fault: str = ""
    printed_ms: int | None = None
    sealed_ms: int | None = None
    sealed_by: str | None = None

    @property
    def shown_reprint(self) -> int:
        """The count on the copies that came out last, or on those that are to come out first."""
        return self.prints - 1 if self.came_out else self.prints

    @property
    def came_out(self) -> bool:
        """Whether copies of this very row came out, or may have."""
        return self.printed_ms is not None

    def may(self, event: OriginalEvent) -> bool:
        """Say whether the event exists now."""
        return ORIGINAL.allows(self.state, event)


def has_original(document: Document) -> bool:
    """Say whether a paper also exists under seal: whatever has the place of one (slips.md section 1.6)."""
    return any(isinstance(each, Seal) for each in document.blocks)


def queued(original: Original) -> Original:
    """Return it on its way to the printer; raises IllegalTransition when it cannot be."""
    return _moved(original, OriginalEvent.PRINT, fault="")


def sent(original: Original) -> Original:
    """Return it while it is being handed over."""
    return _moved(original, OriginalEvent.SEND)


def delivered(original: Original, place: str, now_ms: int, *, kept: bool) -> Original:
    """Return it printed, or ``kept`` as a file where no printer is connected."""
    event = OriginalEvent.KEEP if kept else OriginalEvent.DELIVER
    return _moved(original, event, prints=original.prints + 1, place=place, fault="", printed_ms=now_ms)


def failed(original: Original, fault: str) -> Original:
    """Return it as it was before a try of which nothing came out."""
    event = OriginalEvent.STAY if original.came_out else OriginalEvent.FAIL
    return _moved(original, event, fault=fault)


def broken(original: Original, fault: str, now_ms: int) -> Original:
    """Return it in doubt: copies may have come out, so the next ones bear 补打."""
    return _moved(original, OriginalEvent.BREAK, prints=original.prints + 1, fault=fault, printed_ms=now_ms)


def sealed(original: Original, by: str, now_ms: int) -> Original:
    """Return it sealed; raises IllegalTransition while no copy came out."""
    return _moved(original, OriginalEvent.SEAL, sealed_ms=now_ms, sealed_by=by, fault="")


def again(original: Original, original_id: str, now_ms: int) -> Original:
    """Return a sealed original as it is owed once more (补打): other copies, which need a seal of their own.

    Raises:
        IllegalTransition: it is not sealed.
    """
    ORIGINAL.after(original.state, OriginalEvent.REPRINT)
    return replace(
        original,
        original_id=original_id,
        created_ms=now_ms,
        state=OriginalState.OWED,
        place="",
        fault="",
        printed_ms=None,
        sealed_ms=None,
        sealed_by=None,
    )


def voided(original: Original) -> Original:
    """Return it voided with its slip; raises IllegalTransition while it is being printed."""
    return _moved(original, OriginalEvent.VOID)


def _moved(original: Original, event: OriginalEvent, **changes: object) -> Original:
    state = ORIGINAL.after(original.state, event)
    return replace(original, state=state, **changes)  # type: ignore[arg-type]  # names are checked by replace
