"""The shape of every act of the floor manager: right, idempotency, audit, feed, hint; and the plan as it then holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.floor import WHOLE_HALL, WindowOrder
from app.domain.rights import Act
from app.ports.clock import new_id
from sync.protocol.floor_messages import FloorDone
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.hall_plan import HallPlan
from sync.server.service.mirror import order_change
from sync.server.service.once import Request, once
from sync.server.service.refusals import refusal
from sync.server.storage import feed, floor
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change
from sync.server.storage.floor import FloorAct


@dataclass(frozen=True, slots=True)
class Wish:
    """What the manager asks for: ``act`` is the right, ``detail`` what the audit keeps and what tells wishes apart."""

    act: Act
    hall: str
    key: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act changed: the feed rows, and what its answer adds (``FloorDone``)."""

    changes: tuple[Change, ...]
    serving: str | None = None
    held: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()


def perform(context: Context, caller: Caller, wish: Wish, work: Callable[[Transaction], Outcome]) -> FloorDone:
    """Do it in one transaction with its audit row; the same key gets the same answer and no second act.

    Raises:
        Refused: ``forbidden``, ``unknown_hall``, ``key_reused``, and what ``work`` refuses.
    """
    caller.require(wish.act, wish.hall)
    request = Request(wish.key, [wish.act.value, wish.hall, dict(wish.detail)], FloorDone)

    def act(connection: Transaction) -> FloorDone:
        outcome = work(connection)
        done = FloorDone(
            act_id=new_id(context.clock),
            at_ms=context.clock.now_ms(),
            serving=outcome.serving,
            held=outcome.held,
            returned=outcome.returned,
            reserved=outcome.reserved,
        )
        by = caller.clerk or caller.identity
        floor.add_act(connection, wish.hall, FloorAct(done.act_id, done.at_ms, by, wish.act.value, wish.detail))
        feed.append(connection, wish.hall, outcome.changes)
        return done

    done = context.storage.write(lambda connection: once(context, connection, caller, request, lambda: act(connection)))
    context.changed(wish.hall)
    return done


def laid_down(connection: Transaction, hall: str, order: WindowOrder) -> Change:
    """Store the order under its next revision and return its feed row."""
    new = replace(order, rev=order.rev + 1)
    floor.put_order(connection, hall, new)
    return order_change(new)


def stirred(connection: Transaction, hall: str) -> Change:
    """Return a feed row that says no more than: look again. Views that hang on the hint see what is not mirrored."""
    return laid_down(connection, hall, floor.order(connection, hall, WHOLE_HALL))


def plan_now(context: Context, connection: Transaction, hall: str) -> HallPlan:
    """Return the published plan with the manager's orders applied; a closed window calls nothing."""
    return plan_under(context, connection, hall, floor.orders(connection, hall))


def plan_under(context: Context, connection: Transaction, hall: str, orders: Mapping[str, WindowOrder]) -> HallPlan:
    """Return the published plan with these orders applied."""
    return ordered(context.plan(connection, hall), orders)


def ordered(plan: HallPlan, orders: Mapping[str, WindowOrder]) -> HallPlan:
    """Return the plan with these orders applied."""
    calls = {window: _calls(codes, orders.get(window), plan) for window, codes in plan.calls.items()}
    return replace(plan, calls=calls)


def is_closed(connection: Transaction, hall: str, window: str) -> bool:
    """Say whether the manager closed the window."""
    found = floor.orders(connection, hall).get(window)
    return found is not None and found.closed


def known_window(context: Context, connection: Transaction, hall: str, window: str) -> HallPlan:
    """Return the published plan.

    Raises:
        Refused: ``unknown_window``.
    """
    plan = context.plan(connection, hall)
    if window not in plan.calls:
        raise refusal("unknown_window")
    return plan


def _calls(published: tuple[str, ...], order: WindowOrder | None, plan: HallPlan) -> tuple[str, ...]:
    if order is None:
        return published
    if order.closed:
        return ()
    if order.businesses is None:
        return published
    return tuple(code for code in order.businesses if code in plan.businesses)
