"""Brings a case together that two changed at once, and keeps who changed what (``app.domain.case_merge``).

What it keeps lies in the sealed record beside the case, under one name that no ``Case`` has.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.domain.case import CASE, Case, CaseEvent
from app.domain.case_merge import Mark, Overlap, check_fact, fields_of, marked, merged, record_of
from app.domain.operation import Operation
from app.domain.record import names, plain
from sync.server.service.desk import Desk, Parked, Reason
from sync.server.service.index_cases import opened
from sync.server.storage import cases, conflicts
from sync.server.storage.cases import MirroredCase

KEPT = "merge"
INSIDE = frozenset({"decision", "steps", "upward", "service", "payment"})
"""What a window that speaks of the whole case neither sets nor drops."""
FIELDS = frozenset(names(Case))

_WRITTEN: Mapping[CaseEvent, frozenset[str]] = {
    CaseEvent.WITHDRAW: frozenset({"clerk", "notice_due", "rating_token"}),
    CaseEvent.VOID: frozenset({"notice_due"}),
}
"""These end a case and change nothing else of it, whatever older content the counter still shows."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose chain speaks: ``own`` is the revision it counts from, ``upto`` the last it knew of others; None: now."""

    by: str = ""
    own: int | None = None
    upto: int | None = None


NOW = Seen()
"""The server's own rounds, which see the case as it is."""


def seen_of(desk: Desk, operation: Operation, record: Mapping[str, Any], rev: int) -> Seen:
    """Return what a counter had seen of a case, which stands at ``rev``, when it made an operation.

    After an act that was merged or parked it counts revisions of its own until the feed has told it better.

    Raises:
        Parked: ``stale_rev`` for an operation that was said of no revision.
    """
    base, by = operation.base_rev, operation.incarnation
    if base is None:
        raise Parked(Reason.STALE_REV)
    upto = conflicts.seen_before(desk.connection, operation)
    own, behind = _kept(record).get("behind", {}).get(by, (None, None))
    if upto is None and own is not None and base == own + 1:
        upto = behind
    if upto is None and base == rev:
        return Seen(by)
    return Seen(by, base, base if upto is None else upto)


def seen_when_parked(desk: Desk, operation: Operation, record: Mapping[str, Any]) -> int | None:
    """Return the same for an operation that is parked; None where it was not said of a revision of a case."""
    if operation.entity != "case" or operation.base_rev is None:
        return None
    return seen_of(desk, operation, record, -1).upto


def check_seen(operation: Operation, record: Mapping[str, Any], seen: Seen, rev: int) -> None:
    """Let a fact told on an older revision pass, where nothing it rests on was changed meanwhile.

    Raises:
        Parked: ``stale_rev``.
    """
    if seen.upto is None:
        return
    try:
        check_fact(operation.kind, _marks(record, seen, rev), seen.upto, seen.by)
    except Overlap as error:
        raise Parked(Reason.STALE_REV) from error


def together(
    desk: Desk, operation: Operation, said: Case, held: MirroredCase, event: CaseEvent, *, late: bool = False
) -> "Together":
    """Return a case said whole with what others changed since its counter looked.

    What is ``late`` was told in time by a counter without a line, and holds as it was said.

    Raises:
        Parked: ``stale_rev`` where both changed the same field.
        IllegalTransition: the event does not exist in the state it has now.
    """
    record = opened(desk.context, *whole) if (whole := cases.whole(desk.connection, desk.hall, said.case_id)) else {}
    seen = Seen(operation.incarnation) if late else seen_of(desk, operation, record, held.rev)
    written = None if late else _WRITTEN.get(event)
    if not record or (seen.upto is None and written is None):
        if seen.upto is not None:
            raise Parked(Reason.STALE_REV)
        return Together(said, record, seen)
    mine, theirs = fields_of(plain(said), FIELDS - INSIDE), fields_of(record, FIELDS - INSIDE)
    if written is not None:
        mine = {**theirs, **{name: mine[name] for name in written}}
    try:
        if seen.upto is not None:
            mine = merged(theirs, mine, _marks(record, seen, held.rev), seen.upto, seen.by)
    except Overlap as error:
        raise Parked(Reason.STALE_REV) from error
    leads = {after for (_, moved), after in CASE.rows().items() if moved is event}
    state = CASE.after(held.state, event) if seen.upto is not None and said.state in leads else said.state
    return Together(replace(said, **record_of(mine), state=state), record, seen)


@dataclass(frozen=True, slots=True, repr=False)
class Together:
    """The case as it becomes, and the record as it was; no repr, for both name persons."""

    case: Case
    before: Mapping[str, Any]
    seen: Seen


def bookkeeping(before: Mapping[str, Any], after: Mapping[str, Any], seen: Seen, rev: int) -> dict[str, Any]:
    """Return what is kept with the next revision of a case; ``before`` is the record it had, empty for a new one."""
    kept = _kept(before)
    behind = {by: each for by, each in kept.get("behind", {}).items() if by != seen.by}
    if seen.upto is not None:
        behind[seen.by] = [seen.own, seen.upto]
    if before and "marks" not in kept:
        return {KEPT: {"since": rev, "marks": {}, "behind": behind}}
    marks = {name: Mark(**each) for name, each in kept.get("marks", {}).items()}
    new = marked(marks, fields_of(before, FIELDS), fields_of(after, FIELDS), rev, seen.by) if before else marks
    since = {"since": kept["since"]} if "since" in kept else {}
    return {KEPT: {**since, "marks": {name: asdict(each) for name, each in new.items()}, "behind": behind}}


def _marks(record: Mapping[str, Any], seen: Seen, rev: int) -> dict[str, Mark]:
    """Return the marks of a case; where a revision of before they were kept is asked for, nobody can tell."""
    kept = _kept(record)
    since = kept.get("since", 0 if "marks" in kept else rev)
    if seen.upto is None or seen.upto < since or seen.upto > rev:
        raise Parked(Reason.STALE_REV)
    return {name: Mark(**each) for name, each in kept.get("marks", {}).items()}


def _kept(record: Mapping[str, Any]) -> Mapping[str, Any]:
    kept = record.get(KEPT)
    return kept if isinstance(kept, Mapping) else {}
