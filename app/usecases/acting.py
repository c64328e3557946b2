"""What every act at the counter asks first: may this clerk, is the day open, who is at the window."""

from enum import StrEnum

from app.domain.clerk import Clerk
from app.domain.operation import Actor
from app.domain.rights import Act, may
from app.domain.visit import Visit, VisitState
from app.ports.store import Counter, NotRegistered, Reading


class ActRefusal(StrEnum):
    """The codes of the ``[refusal]`` table."""

    NOT_ALLOWED = "not_allowed"
    NOT_AT_THIS_WINDOW = "not_at_this_window"
    DAY_NOT_OPEN = "day_not_open"
    DAY_BEFORE = "day_before"
    NO_VISIT = "no_visit"
    VISIT_OPEN = "visit_open"
    NOT_QUALIFIED = "not_qualified"
    LAW_LAPSED = "law_lapsed"
    ITEM_NOT_PUBLISHED = "item_not_published"
    NO_CATALOGUE = "no_catalogue"
    OTHER_OUTCOME = "other_outcome"
    MALFORMED_NUMBER = "malformed_number"
    TICKET_ENDED = "ticket_ended"
    TICKET_OF_OTHER_HALL = "ticket_of_other_hall"
    TICKET_OF_OTHER_DAY = "ticket_of_other_day"
    UNKNOWN_PAPER = "unknown_paper"
    PAPER_NOT_IN_DOUBT = "paper_not_in_doubt"
    PAPER_UNDER_WAY = "paper_under_way"
    CATALOGUE_CHANGED = "catalogue_changed"
    REASON_NEEDED = "reason_needed"
    PAUSE_TOO_LONG = "pause_too_long"
    HANDOVER_CHANGED = "handover_changed"
    OWNER_MISSING = "owner_missing"
    INSTANT_OPEN = "instant_open"
    OWNER_UNKNOWN = "owner_unknown"
    UNKNOWN_NOTICE = "unknown_notice"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a code
    OFFLINE_UNKNOWN = "offline_unknown"
    OFFLINE_EXPIRED = "offline_expired"
    LOCKED_OUT = "locked_out"
    UNKNOWN_CASE = "unknown_case"
    NOT_THE_RECEIVER = "not_the_receiver"
    NO_PERSON = "no_person"
    NOT_READY_FOR_PICKUP = "not_ready_for_pickup"
    NOT_YOUR_DEPARTMENT = "not_your_department"
    NOT_WHOLE = "not_whole"
    NO_SUCH_CONFLICT = "no_such_conflict"
    DEFERRED_OPEN = "deferred_open"
    NOTHING_DEFERRED = "nothing_deferred"
    DECISION_UNSEALED = "decision_unsealed"
    RESULT_NOT_BACK = "result_not_back"
    NO_UPWARD_ITEM = "no_upward_item"
    NO_UPWARD_CASE = "no_upward_case"
    UPWARD_INCOMPLETE = "upward_incomplete"
    NOT_OPEN_ANY_MORE = "not_open_any_more"
    OTHER_WINDOWS_CASE = "other_windows_case"
    NOT_CORRECTABLE = "not_correctable"
    VOID_AND_DECIDE_AGAIN = "void_and_decide_again"
    NOTHING_TO_CORRECT = "nothing_to_correct"
    FEE_NOT_PAID = "fee_not_paid"
    NOT_OVERDUE = "not_overdue"
    NO_SUCH_FORM = "no_such_form"
    OTHER_FORM_FILE = "other_form_file"
    ITEM_CHANGED = "item_changed"
    CASE_REOPENED = "case_reopened"
    RECALLED_ENOUGH = "recalled_enough"
    CALL_TOO_OLD = "call_too_old"
    DATA_TAKEN = "data_taken"
    NO_MISS = "no_miss"
    MISS_TOO_OLD = "miss_too_old"
    TICKET_MOVED_ON = "ticket_moved_on"
    NOTHING_HELD = "nothing_held"
    TRANSFER_OVER = "transfer_over"
    TAKEOVER_OVER = "takeover_over"
    NO_SUCH_WINDOW = "no_such_window"
    CONTACT_UNKNOWN = "contact_unknown"
    CONTACT_CLOSED = "contact_closed"
    CONTACT_ANOTHER = "contact_another"
    HELP_ASKED_ALREADY = "help_asked_already"
    ORIGINAL_SETTLED = "original_settled"
    ORIGINAL_NOT_SEALED = "original_not_sealed"
    ORIGINAL_OWED_ALREADY = "original_owed_already"
    NOT_TO_BE_SEALED = "not_to_be_sealed"
    NO_NEXT_WINDOW = "no_next_window"
    CORRECT_ELSEWHERE = "correct_elsewhere"
    MANAGER_NEEDED = "manager_needed"
    NOTHING_TO_ADD = "nothing_to_add"
    COPY_TWICE = "copy_twice"
    COPY_TOO_MANY = "copy_too_many"
    COPY_TOO_LATE = "copy_too_late"
    COPY_NO_ROOM = "copy_no_room"
    DISK_NO_CASES = "disk_no_cases"
    NO_SUCH_COPY = "no_such_copy"
    SILENCE_ACCEPTED = "silence_accepted"
    CLOCK_NO_LIMIT_RUNS = "clock_no_limit_runs"
    CLOCK_PROCEDURE_NOT_LISTED = "clock_procedure_not_listed"
    CLOCK_REVERSED = "clock_reversed"
    CLOCK_BACKDATED = "clock_backdated"
    CLOCK_TOO_LONG = "clock_too_long"
    CLOCK_NO_WORKDAY = "clock_no_workday"
    CLOCK_OVERLAPS = "clock_overlaps"
    CLOCK_ANNOUNCED_ALREADY = "clock_announced_already"
    CLOCK_NOT_ANNOUNCED = "clock_not_announced"
    CLOCK_NOTICE_NOT_PRINTED = "clock_notice_not_printed"
    CLOCK_NOTICE_TOO_LATE = "clock_notice_too_late"
    CLOCK_EXTENDED_ALREADY = "clock_extended_already"
    CLOCK_EXTENSION_TOO_LONG = "clock_extension_too_long"
    CLOCK_NOT_EXTENDABLE = "clock_not_extendable"
    CLOCK_LIMIT_OVER = "clock_limit_over"
    CLOCK_REASON_NEEDED = "clock_reason_needed"
    CLOCK_APPROVER_NEEDED = "clock_approver_needed"
    CLOCK_APPROVER_IS_CLERK = "clock_approver_is_clerk"
    CLOCK_STARTED_ALREADY = "clock_started_already"
    CLOCK_STARTS_BY_ITSELF = "clock_starts_by_itself"
    CLOCK_DAYS_UNREADABLE = "clock_days_unreadable"
    CLOCK_START_IMPOSSIBLE = "clock_start_impossible"
    CLOCK_EVIDENCE_NEEDED = "clock_evidence_needed"
    CLOCK_DAY_UNREADABLE = "clock_day_unreadable"


class ActRefused(Exception):  # noqa: N818 - a business "no"
    """The act is not possible now; nothing was changed."""

    def __init__(self, reason: ActRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def require(by: Clerk, act: Act) -> None:
    """Check the table of rights.

    Raises:
        ActRefused: the clerk has no role that may do this.
    """
    if not may(by.roles, act):
        raise ActRefused(ActRefusal.NOT_ALLOWED)


def counter_of(view: Reading) -> Counter:
    """Return who this counter is.

    Raises:
        NotRegistered: it never spoke to the server.
    """
    counter = view.counter()
    if counter is None:
        raise NotRegistered
    return counter


def actor_at(view: Reading, by: Clerk) -> Actor:
    """Return the clerk as the actor at this counter's window."""
    return by.at(counter_of(view).window)


def visit_at(view: Reading) -> Visit:
    """Return the citizen at the window.

    Raises:
        ActRefused: there is none, or the day was never opened.
    """
    if view.business_date() is None:
        raise ActRefused(ActRefusal.DAY_NOT_OPEN)
    visit = view.open_visit()
    if visit is None:
        raise ActRefused(ActRefusal.NO_VISIT)
    return visit


def require_free(view: Reading) -> None:
    """Check that the next citizen may come: the day is open, and nobody is served.

    Raises:
        ActRefused: with the reason. Somebody who was called and has not come is no hindrance.
    """
    if view.business_date() is None:
        raise ActRefused(ActRefusal.DAY_NOT_OPEN)
    visit = view.open_visit()
    if visit is not None and visit.state is not VisitState.CALLED:
        raise ActRefused(ActRefusal.VISIT_OPEN)


def ticket_entity(view: Reading, visit: Visit) -> str:
    """Return the id an operation on the visit's ticket bears: its number while the ticket was never heard of here."""
    if visit.ticket_id is not None:
        return visit.ticket_id
    heard_since = view.ticket_by_number(visit.number)
    return heard_since.ticket_id if heard_since else visit.number
