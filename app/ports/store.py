"""What a use case needs of the counter's own store: one transaction in which state and operation go together."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.chosen import ChosenCall
from app.domain.clerk import Clerk
from app.domain.floor import WindowOrder
from app.domain.operation import Operation, OperationDraft
from app.domain.ticket import Ticket
from app.domain.visit import Outcome, Visit
from app.ports.block_store import BlockReading, BlockWork
from app.ports.card_store import CardReading
from app.ports.case_store import CaseReading
from app.ports.conflict_store import ConflictReading, ConflictWork
from app.ports.contact_store import ContactReading, ContactWork
from app.ports.copies import CopyReading, CopyWork
from app.ports.day_store import DayReading
from app.ports.desk_store import DeskReading, DeskWork
from app.ports.offer_store import OfferReading
from app.ports.originals import OriginalReading, OriginalWork
from app.ports.rating_store import RatingReading
from app.ports.review_store import ReviewReading
from app.ports.spool import JobState, PrintJob, PrintWay


@dataclass(frozen=True, slots=True)
class Counter:
    """Who this device is: given by the server at registration, never reused.

    ``counter`` is the four-digit registration number in every case number; ``incarnation`` changes when the
    store is made anew, and starts a new operation chain.
    """

    device: str
    incarnation: str
    counter: str
    centre: str
    hall: str
    window: str


class NotRegistered(Exception):  # noqa: N818 - a state of the counter, not a fault of the program
    """This counter has no registration number yet: it must speak to the server once before it can record anything."""


@dataclass(frozen=True, slots=True, repr=False)
class SignIn:
    """What is kept of a clerk's last sign-in with the server, to let them in without it; no repr, no leak.

    ``verifier`` stands for the password (``app.ports.passwords``); ``failures`` counts wrong ones since.
    """

    clerk: Clerk
    verifier: str
    failures: int = 0


class Reading(
    ConflictReading,
    DeskReading,
    CaseReading,
    OriginalReading,
    CopyReading,
    ContactReading,
    OfferReading,
    RatingReading,
    ReviewReading,
    CardReading,
    DayReading,
    BlockReading,
    Protocol,
):
    """A consistent view of the store."""

    def counter(self) -> Counter | None:
        """Return the registration, or None before the first contact with the server."""
        ...

    def business_date(self) -> date | None:
        """Return the open business day; None before the first day-open."""
        ...

    def catalogue(self) -> Catalogue | None:
        """Return the published catalogue this counter holds."""
        ...

    def catalogue_version(self, version: int) -> Catalogue | None:
        """Return one published version, if this counter still holds it."""
        ...

    def catalogue_known_at(self, moment_ms: int) -> int | None:
        """Return the newest version in force that this counter held at a moment (UTC milliseconds)."""
        ...

    def calendar(self) -> WorkCalendar:
        """Return the working-day calendar this counter holds."""
        ...

    def call_choice(self) -> ChosenCall | None:
        """Return the number out of turn that the key of the next call stands for, or None when it is for the next."""
        ...

    def call_key(self) -> str | None:
        """Return the idempotency key to ask the queue authority with, kept until its answer is recorded."""
        ...

    def sign_in(self, clerk: str) -> SignIn | None:
        """Return the clerk's last sign-in with the server."""
        ...

    def open_visit(self) -> Visit | None:
        """Return the visit at the window: neither ended nor held; a window serves one citizen at a time."""
        ...

    def held_visits(self) -> Sequence[Visit]:
        """Return the visits put aside for a while, the one held longest first; they survive a power cut."""
        ...

    def last_ended(self) -> Visit | None:
        """Return the visit that ended last."""
        ...

    def help_asked(self) -> str | None:
        """Return the id of this counter's call for the floor manager while nobody answered it today."""
        ...

    def waiting(self, businesses: Sequence[str], limit: int) -> Sequence[Ticket]:
        """Return the waiting tickets of these businesses as last heard from the authority, in calling order."""
        ...

    def called_lately(self, businesses: Sequence[str], limit: int) -> Sequence[str | None]:
        """Return the priorities of the tickets last called in these businesses, newest first; None is without."""
        ...

    def missed_since(self, businesses: Sequence[str], since_ms: int) -> Sequence[Ticket]:
        """Return the tickets of these businesses that were missed since then, UTC milliseconds."""
        ...

    def visit_of(self, ticket_id: str, number: str | None = None) -> Visit | None:
        """Return this window's latest visit with that ticket.

        With its ``number`` also a visit of today that began by the number alone, before the ticket was heard of.
        """
        ...

    def visit(self, visit_id: str) -> Visit | None:
        """Return one visit."""
        ...

    def ticket_by_number(self, number: str) -> Ticket | None:
        """Return today's ticket with this printed number, if this counter ever heard of it."""
        ...

    def case(self, case_id: str) -> Case | None:
        """Return one case."""
        ...

    def noticed_cases(self) -> Sequence[Case]:
        """Return this counter's cases that wait for missing papers, newest first."""
        ...

    def open_cases(self, limit: int) -> Sequence[Case]:
        """Return this counter's cases that are not ended, most urgent due date first."""
        ...

    def draft(self, visit_id: str) -> Mapping[str, Any] | None:
        """Return the journal of the work card as it was last saved."""
        ...

    def print_job(self, job_id: str) -> PrintJob | None:
        """Return one job of the spool."""
        ...

    def print_jobs_of(self, case_id: str) -> Sequence[PrintJob]:
        """Return the papers of a case, oldest first."""
        ...

    def papers_elsewhere(self) -> int:
        """Return how many papers were sent to the other printer and have not come out there yet."""
        ...

    def paper_in_doubt(self) -> PrintJob | None:
        """Return the oldest paper whose fate is unknown, whoever it was for: no other prints until a person says."""
        ...

    def item_choices(self, window: str) -> Mapping[tuple[str, str], int]:
        """Return how often each item was taken at a window: (what was typed, item id) to times."""
        ...

    def done_today(self) -> tuple[int, int]:
        """Return how many visits ended today and their mean length in milliseconds."""
        ...

    def window_order(self, window: str) -> WindowOrder | None:
        """Return what the floor manager laid down for the window; None where nothing was."""
        ...

    def outbox_length(self) -> int:
        """Return how many operations the server has not acknowledged."""
        ...


class Work(ConflictWork, DeskWork, OriginalWork, CopyWork, ContactWork, BlockWork, Reading, Protocol):
    """One open transaction. All of it becomes durable together, or none of it."""

    def append(self, draft: OperationDraft) -> Operation:
        """Give the operation its sequence, chain and signature, and put it into the outbox.

        Raises:
            NotRegistered: the server has not named this counter yet.
        """
        ...

    def put_call_key(self, key: str) -> None:
        """Replace the key: the call it stood for is answered, and the choice with it."""
        ...

    def put_call_choice(self, choice: ChosenCall | None) -> None:
        """Keep which number the key is for, before the authority is asked; None: for whoever is next."""
        ...

    def put_help(self, help_id: str) -> None:
        """Keep which call for the floor manager is the counter's last."""
        ...

    def put_sign_in(self, sign_in: SignIn) -> None:
        """Insert or replace what is kept of a clerk's sign-in."""
        ...

    def open_day(self, business_date: date) -> None:
        """Set the business day.

        Raises:
            ValueError: the day lies before the one that is open.
        """
        ...

    def take_serial(self, series: str) -> int:
        """Return the next number of a series without gaps, starting at 1; a rolled-back act takes none."""
        ...

    def put_visit(self, visit: Visit) -> None:
        """Insert or replace the visit."""
        ...

    def put_case(self, case: Case) -> None:
        """Insert or replace the case."""
        ...

    def put_draft(self, visit_id: str, draft: Mapping[str, Any]) -> None:
        """Insert or replace the journal of the work card."""
        ...

    def drop_drafts_of(self, outcome: Outcome, before_ms: int) -> None:
        """Forget the journals of visits that ended so before an instant, UTC milliseconds."""
        ...

    def drop_draft(self, visit_id: str) -> None:
        """Forget the journal once its act is committed."""
        ...

    def count_item_choice(self, window: str, typed: str, item_id: str) -> None:
        """Count that an item was taken for what was typed, so that it comes first the next time."""
        ...

    def queue_print(self, job: PrintJob) -> None:
        """Put a paper into the durable spool."""
        ...

    def settle_print(self, job_id: str, state: JobState) -> None:
        """Record what a person said of a job whose fate was unknown."""
        ...

    def divert_print(self, job_id: str, way: PrintWay) -> None:
        """Let a paper come out another way."""
        ...


class Store(Protocol):
    """The counter's store; transactions of several threads are served one after the other."""

    def read(self) -> AbstractContextManager[Reading]:
        """Open a consistent view."""
        ...

    def begin(self) -> AbstractContextManager[Work]:
        """Open one write transaction: commits on a clean exit (durable when it returns), rolls back on any error."""
        ...
