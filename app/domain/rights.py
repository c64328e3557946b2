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
    CALL_NEXT = "call_next"
    SERVE_TICKET = "serve_ticket"
    ACCEPT_CASE = "accept_case"
    COMPLETE_CASE = "complete_case"
    REPRINT_SLIP = "reprint_slip"
    SYNC = "sync"
    SEE_HALL = "see_hall"
    SUBMIT_CATALOGUE = "submit_catalogue"
    APPROVE_CATALOGUE = "approve_catalogue"


RIGHTS: dict[Act, frozenset[Role]] = {
    Act.REGISTER_COUNTER: frozenset({Role.COUNTER}),
    Act.OPEN_SESSION: frozenset({Role.COUNTER}),
    Act.OPEN_DAY: frozenset({Role.CLERK, Role.FLOOR_MANAGER}),
    Act.ISSUE_TICKET: frozenset({Role.KIOSK, Role.GUIDE, Role.COUNTER}),
    Act.CALL_NEXT: frozenset({Role.COUNTER}),
    Act.SERVE_TICKET: frozenset({Role.CLERK}),
    Act.ACCEPT_CASE: frozenset({Role.CLERK}),
    Act.COMPLETE_CASE: frozenset({Role.CLERK}),
    Act.REPRINT_SLIP: frozenset({Role.CLERK}),
    Act.SYNC: frozenset({Role.COUNTER}),
    Act.SEE_HALL: frozenset({Role.COUNTER, Role.KIOSK, Role.BOARD, Role.FLOOR_MANAGER}),
    Act.SUBMIT_CATALOGUE: frozenset({Role.ADMINISTRATOR}),
    Act.APPROVE_CATALOGUE: frozenset({Role.ADMINISTRATOR}),
}


def may(roles: Iterable[Role], act: Act) -> bool:
    """Say whether any of the roles has the right."""
    return not RIGHTS[act].isdisjoint(roles)
