"""What the floor manager laid down: orders to windows and to the whole hall, and who did what when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.domain.floor import FaultFacts, Note, WindowOrder
from sync.server.storage.tables import device_fault, floor_acts, window_order


@dataclass(frozen=True, slots=True)
class FloorAct:
    """One act of the manager's view; ``clerk`` is a clerk's number or ``device:…`` for a device without a person."""

    act_id: str
    at_ms: int
    clerk: str
    act: str
    detail: Mapping[str, Any]


_ORDER = (
    select(window_order)
    .where(window_order.c.hall == bindparam("of_hall"), window_order.c.window == bindparam("of_window"))
    .with_for_update()
)
_REPLACE_ORDER = update(window_order).where(
    window_order.c.hall == bindparam("of_hall"),
    window_order.c.window == bindparam("of_window"),
    window_order.c.rev < bindparam("before_rev"),
)
_ADD_ORDER = insert(window_order)
_ADD_ACT = insert(floor_acts)
_ORDERS = select(window_order).where(window_order.c.hall == bindparam("of_hall")).order_by(window_order.c.window)


def orders(connection: Connection, hall: str) -> dict[str, WindowOrder]:
    """Return every order of the hall by window."""
    rows = connection.execute(_ORDERS, {"of_hall": hall}).all()
    return {row.window: _order(row) for row in rows}


def order(connection: Connection, hall: str, window: str) -> WindowOrder:
    """Return the window's order and lock its row; one with revision 0 where nothing was laid down yet."""
    row = connection.execute(_ORDER, {"of_hall": hall, "of_window": window}).first()
    return WindowOrder(window) if row is None else _order(row)


def put_order(connection: Connection, hall: str, new: WindowOrder) -> None:
    """Insert or replace the window's order; one that is as new came since, and the transaction runs again."""
    values = {
        "rev": new.rev,
        "closed": new.closed,
        "businesses": None if new.businesses is None else json.dumps(new.businesses),
        "notes": json.dumps([[each.note_id, each.at_ms, each.text] for each in new.notes], ensure_ascii=False),
    }
    held = {"of_hall": hall, "of_window": new.window, "before_rev": new.rev}
    if not connection.execute(_REPLACE_ORDER, {**values, **held}).rowcount:
        connection.execute(_ADD_ORDER, {**values, "hall": hall, "window": new.window})


def add_act(connection: Connection, hall: str, done: FloorAct) -> None:
    """Keep an act for ever."""
    what = {"act": done.act, "detail": json.dumps(done.detail, ensure_ascii=False)}
    row = {"hall": hall, "act_id": done.act_id, "at_ms": done.at_ms, "clerk": done.clerk, **what}
    connection.execute(_ADD_ACT, row)


def acts_since(connection: Connection, hall: str, since_ms: int) -> list[FloorAct]:
    """Return the acts since then, newest first."""
    rows = connection.execute(
        select(floor_acts)
        .where(floor_acts.c.hall == hall, floor_acts.c.at_ms >= since_ms)
        .order_by(floor_acts.c.at_ms.desc(), floor_acts.c.act_id.desc())
    ).all()
    return [FloorAct(row.act_id, row.at_ms, row.clerk, row.act, json.loads(row.detail)) for row in rows]


def faults(connection: Connection, hall: str) -> tuple[FaultFacts, ...]:
    """Return the devices that are out of work, longest first."""
    rows = connection.execute(
        select(device_fault).where(device_fault.c.hall == hall).order_by(device_fault.c.since_ms, device_fault.c.window)
    ).all()
    return tuple(FaultFacts(row.window, row.device, row.reason, row.since_ms) for row in rows)


def put_fault(connection: Connection, hall: str, fault: FaultFacts) -> None:
    """Record that a device went out of work, or for another reason than before."""
    end_fault(connection, hall, fault.window, fault.device)
    connection.execute(
        insert(device_fault).values(
            hall=hall, window=fault.window, device=fault.device, reason=fault.reason, since_ms=fault.since_ms
        )
    )


def end_fault(connection: Connection, hall: str, window: str, device: str) -> None:
    """Record that a device works again."""
    connection.execute(
        delete(device_fault).where(
            device_fault.c.hall == hall, device_fault.c.window == window, device_fault.c.device == device
        )
    )


def _order(row: Any) -> WindowOrder:
    return WindowOrder(
        window=row.window,
        rev=row.rev,
        closed=row.closed,
        businesses=None if row.businesses is None else tuple(json.loads(row.businesses)),
        notes=tuple(Note(*each) for each in json.loads(row.notes)),
    )
