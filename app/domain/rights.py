"""The ONE table that says which role may do which act; every endpoint and use case is checked against it."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """Roles of persons (design.md, Who uses it) and of devices without a person."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    GUIDE = "guide"
    HELPER = "helper"
    PROJECT_AGENT = "project_agent"
    FLOOR_MANAGER = "floor_manager"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    SYSTEM_OPERATOR = "system_operator"
    COUNTER = "counter"
    KIOSK = "kiosk"
    BOARD = "board"


class Act(StrEnum):
    """What can be done, in the words of the endpoints and use cases."""

    REGISTER_COUNTER = "register_counter"
    OPEN_SESSION = "open_session"
    OPEN_DAY = "open_day"
    ISSUE_TICKET = "issue_ticket"
    GIVE_PRIORITY = "give_priority"
    SEE_GUIDE_DESK = "see_guide_desk"
    REVIVE_TICKET = "revive_ticket"
    CALL_NEXT = "call_next"
    RESERVE_BLOCK = "reserve_block"
    FENCE_WINDOW = "fence_window"
    SERVE_TICKET = "serve_ticket"
    TAKE_OVER = "take_over"
    ASK_HELP = "ask_help"
    ACCEPT_CASE = "accept_case"
    COMPLETE_CASE = "complete_case"
    REFUSE_CASE = "refuse_case"
    END_VISIT = "end_visit"
    WITHDRAW_CASE = "withdraw_case"
    DELIVER_CASE = "deliver_case"
    REVIEW_CASE = "review_case"
    DECIDE_CASE = "decide_case"
    TELL_RESULT = "tell_result"
    TAKE_FEE = "take_fee"
    APPROVE_WAIVER = "approve_waiver"
    APPROVE_RETURN = "approve_return"
    REPORT_UPWARD = "report_upward"
    HOLD_CASES = "hold_cases"
    CORRECT_PAPER = "correct_paper"
    RECEIVE_CASE = "receive_case"
    NOTICE_CASE = "notice_case"
    ISSUE_NOTICE = "issue_notice"
    ALLOW_ADDING = "allow_adding"
    PRESENT_PAPER = "present_paper"
    REPRINT_SLIP = "reprint_slip"
    PRINT_ORIGINAL = "print_original"
    SEAL_ORIGINAL = "seal_original"
    PAUSE_WINDOW = "pause_window"
    HAND_OVER = "hand_over"
    SYNC = "sync"
    SEE_HALL = "see_hall"
    SEE_FLOOR = "see_floor"
    OPEN_WINDOW = "open_window"
    ASSIGN_WINDOW = "assign_window"
    TELL_WINDOW = "tell_window"
    REHOME_TICKETS = "rehome_tickets"
    SET_HALL_NOTICE = "set_hall_notice"
    ANSWER_HELP = "answer_help"
    HANDLE_ALARM = "handle_alarm"
    STOP_CLOCK = "stop_clock"
    APPROVE_EXTENSION = "approve_extension"
    SEE_CARDS = "see_cards"
    ANSWER_CARD = "answer_card"
    WITHDRAW_CARD = "withdraw_card"
    SEE_CALENDAR_CHANGES = "see_calendar_changes"
    SEE_GRIEVANCE = "see_grievance"
    TAKE_COMPLAINT = "take_complaint"
    REGISTER_PROJECT = "register_project"
    PUT_FIRST = "put_first"
    REPORT_DEVICE = "report_device"
    CARRY_RATING = "carry_rating"
    RESOLVE_CONFLICT = "resolve_conflict"
    ENROL_PAGE = "enrol_page"
    ENROL_DEVICE = "enrol_device"
    SET_DEVICES = "set_devices"
    SEARCH_CASES = "search_cases"
    SEE_LEDGER = "see_ledger"
    SEE_LEDGER_CASES = "see_ledger_cases"
    EXPORT_LEDGER = "export_ledger"
    EXPORT_PERSONS = "export_persons"
    SUBMIT_CATALOGUE = "submit_catalogue"
    APPROVE_CATALOGUE = "approve_catalogue"


RIGHTS: dict[Act, frozenset[Role]] = {
    Act.REGISTER_COUNTER: frozenset({Role.COUNTER}),
    Act.OPEN_SESSION: frozenset({Role.COUNTER, Role.FLOOR_MANAGER, Role.GUIDE}),
    Act.OPEN_DAY: frozenset({Role.CLERK, Role.REVIEWER, Role.FLOOR_MANAGER}),
    Act.ISSUE_TICKET: frozenset({Role.KIOSK, Role.GUIDE, Role.COUNTER, Role.FLOOR_MANAGER}),
    Act.GIVE_PRIORITY: frozenset({Role.GUIDE, Role.FLOOR_MANAGER}),
    Act.SEE_GUIDE_DESK: frozenset({Role.GUIDE}),
    Act.REVIVE_TICKET: frozenset({Role.GUIDE, Role.FLOOR_MANAGER, Role.COUNTER}),
    Act.CALL_NEXT: frozenset({Role.COUNTER}),
    Act.RESERVE_BLOCK: frozenset({Role.COUNTER, Role.FLOOR_MANAGER}),
    Act.FENCE_WINDOW: frozenset({Role.FLOOR_MANAGER}),
    Act.SERVE_TICKET: frozenset({Role.CLERK}),
    Act.TAKE_OVER: frozenset({Role.CLERK}),
    Act.ASK_HELP: frozenset({Role.CLERK}),
    Act.ACCEPT_CASE: frozenset({Role.CLERK}),
    Act.COMPLETE_CASE: frozenset({Role.CLERK}),
    Act.REFUSE_CASE: frozenset({Role.CLERK}),
    Act.END_VISIT: frozenset({Role.CLERK}),
    Act.WITHDRAW_CASE: frozenset({Role.CLERK}),
    Act.DELIVER_CASE: frozenset({Role.CLERK}),
    Act.REVIEW_CASE: frozenset({Role.REVIEWER}),
    Act.DECIDE_CASE: frozenset({Role.REVIEWER}),
    Act.TELL_RESULT: frozenset({Role.CLERK, Role.REVIEWER}),
    Act.TAKE_FEE: frozenset({Role.CLERK}),
    Act.APPROVE_WAIVER: frozenset({Role.FLOOR_MANAGER}),
    Act.APPROVE_RETURN: frozenset({Role.FLOOR_MANAGER}),
    Act.REPORT_UPWARD: frozenset({Role.CLERK, Role.REVIEWER}),
    Act.HOLD_CASES: frozenset({Role.CLERK, Role.REVIEWER}),
    Act.CORRECT_PAPER: frozenset({Role.CLERK}),
    Act.RECEIVE_CASE: frozenset({Role.CLERK}),
    Act.NOTICE_CASE: frozenset({Role.CLERK}),
    Act.ISSUE_NOTICE: frozenset({Role.CLERK}),
    Act.ALLOW_ADDING: frozenset({Role.FLOOR_MANAGER}),
    Act.PRESENT_PAPER: frozenset({Role.CLERK}),
    Act.REPRINT_SLIP: frozenset({Role.CLERK}),
    Act.PRINT_ORIGINAL: frozenset({Role.CLERK, Role.REVIEWER}),
    Act.SEAL_ORIGINAL: frozenset({Role.CLERK, Role.REVIEWER}),
    Act.PAUSE_WINDOW: frozenset({Role.CLERK, Role.FLOOR_MANAGER}),
    Act.HAND_OVER: frozenset({Role.CLERK}),
    Act.SYNC: frozenset({Role.COUNTER}),
    Act.SEE_HALL: frozenset({Role.COUNTER, Role.KIOSK, Role.BOARD, Role.FLOOR_MANAGER, Role.GUIDE}),
    Act.SEE_FLOOR: frozenset({Role.FLOOR_MANAGER}),
    Act.OPEN_WINDOW: frozenset({Role.FLOOR_MANAGER}),
    Act.ASSIGN_WINDOW: frozenset({Role.FLOOR_MANAGER}),
    Act.TELL_WINDOW: frozenset({Role.FLOOR_MANAGER}),
    Act.REHOME_TICKETS: frozenset({Role.FLOOR_MANAGER}),
    Act.SET_HALL_NOTICE: frozenset({Role.FLOOR_MANAGER}),
    Act.ANSWER_HELP: frozenset({Role.FLOOR_MANAGER}),
    Act.HANDLE_ALARM: frozenset({Role.FLOOR_MANAGER}),
    Act.STOP_CLOCK: frozenset({Role.REVIEWER}),
    Act.APPROVE_EXTENSION: frozenset({Role.FLOOR_MANAGER}),
    Act.SEE_CARDS: frozenset({Role.FLOOR_MANAGER, Role.SUPERVISOR}),
    Act.ANSWER_CARD: frozenset({Role.FLOOR_MANAGER, Role.SUPERVISOR}),
    Act.WITHDRAW_CARD: frozenset({Role.FLOOR_MANAGER, Role.SUPERVISOR}),
    Act.SEE_GRIEVANCE: frozenset({Role.FLOOR_MANAGER, Role.SUPERVISOR}),
    Act.TAKE_COMPLAINT: frozenset({Role.CLERK}),
    Act.REGISTER_PROJECT: frozenset({Role.PROJECT_AGENT}),
    Act.SEE_CALENDAR_CHANGES: frozenset({Role.FLOOR_MANAGER, Role.ADMINISTRATOR}),
    Act.PUT_FIRST: frozenset({Role.FLOOR_MANAGER}),
    Act.REPORT_DEVICE: frozenset({Role.CLERK}),
    Act.CARRY_RATING: frozenset({Role.CLERK}),
    Act.RESOLVE_CONFLICT: frozenset({Role.CLERK, Role.REVIEWER}),
    Act.ENROL_PAGE: frozenset({Role.ADMINISTRATOR}),
    Act.ENROL_DEVICE: frozenset({Role.ADMINISTRATOR, Role.SYSTEM_OPERATOR}),
    Act.SET_DEVICES: frozenset({Role.ADMINISTRATOR, Role.SYSTEM_OPERATOR}),
    Act.SEARCH_CASES: frozenset({Role.CLERK, Role.FLOOR_MANAGER, Role.SUPERVISOR}),
    Act.SEE_LEDGER: frozenset({Role.FLOOR_MANAGER, Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Act.SEE_LEDGER_CASES: frozenset({Role.FLOOR_MANAGER, Role.SUPERVISOR}),
    Act.EXPORT_LEDGER: frozenset({Role.FLOOR_MANAGER, Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Act.EXPORT_PERSONS: frozenset({Role.SUPERVISOR}),
    Act.SUBMIT_CATALOGUE: frozenset({Role.ADMINISTRATOR}),
    Act.APPROVE_CATALOGUE: frozenset({Role.ADMINISTRATOR}),
}


def may(roles: Iterable[Role], act: Act) -> bool:
    """Say whether any of the roles has the right."""
    return not RIGHTS[act].isdisjoint(roles)
