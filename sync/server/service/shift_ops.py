"""What a window says of its shift: the sign is out, the clerk is back, the shift was handed over."""

from dataclasses import dataclass
from typing import Any

from app.domain.handover import MAX_NOTE, EntryKind, SpecialReason
from app.domain.operation import Operation
from app.domain.pause import MINUTE_MS, MOST_MINUTES, PauseReason
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.storage import clerks, pauses
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change


@dataclass(frozen=True, slots=True)
class _Paused:
    reason: PauseReason
    minutes: int
    since_ms: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class _Resumed:
    reason: PauseReason
    since_ms: int
    until_ms: int
    ended_ms: int


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: EntryKind
    entity_id: str
    number: str
    owner: str
    note: str
    instant: bool = False
    special: SpecialReason | None = None


@dataclass(frozen=True, slots=True)
class _HandedOver:
    window: str
    at_ms: int
    to: str
    figures: dict[str, int]
    entries: list[_Entry]
    stock: dict[str, Any]


def window_paused(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Show the window as paused; a pause that ended since is taken down by the operation behind this one."""
    said = payload_of(operation, _Paused)
    if operation.entity_id != desk.window or not 1 <= said.minutes <= MOST_MINUTES:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if said.until_ms != said.since_ms + said.minutes * MINUTE_MS:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    sign = pauses.WindowPaused(desk.window, said.reason.value, said.since_ms, said.until_ms, actor.clerk)
    pauses.set(desk.connection, desk.hall, sign)
    return []


def window_resumed(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Show the window at work again; the log itself is the ledger of minutes."""
    said = payload_of(operation, _Resumed)
    if operation.entity_id != desk.window or said.ended_ms < said.since_ms:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    pauses.clear(desk.connection, desk.hall, desk.window)
    return []


def shift_handed_over(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep the record, the log being the register; every entry has an owner, and the owner is a clerk of the hall."""
    said = payload_of(operation, _HandedOver)
    if said.window != desk.window or operation.entity != "shift":
        raise Parked(Reason.MALFORMED_PAYLOAD)
    owners = {each.owner for each in said.entries} | ({said.to} if said.to else set())
    if any(clerks.get(desk.connection, desk.hall, each) is None for each in owners):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if any(each.instant and each.special is None for each in said.entries):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if any(len(each.note) > MAX_NOTE for each in said.entries):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return []
