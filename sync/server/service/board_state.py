"""What the hall's board shows and says: the last calls, the queues, the missed; numbers only, no person."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from app.domain.ticket import HORIZON_MS, IN_LINE, TicketState
from sync.protocol.page_messages import BoardBusiness, BoardCall, BoardPause, BoardState
from sync.server.service.context import Context
from sync.server.service.floor_order import plan_now
from sync.server.service.hall_notice import notice_of
from sync.server.service.hall_plan import HallPlan
from sync.server.service.next_ticket import eta_minutes
from sync.server.service.refusals import refusal
from sync.server.storage import board_calls, halls, pauses, tickets
from sync.server.storage.engine import Transaction
from sync.server.storage.pauses import WindowPaused

CALLS = 16
"""So many calls are told at once: a board that was away for a moment still says them all."""
MISSED_MS = 60 * 60 * 1000
"""How long a missed number can be revived (design.md, ``call-next``)."""
_RECENT = 20


def board_state(context: Context, hall: str) -> BoardState:
    """Return the hall as its board shows it.

    Raises:
        Refused: ``unknown_hall``.
    """
    now_ms, today = context.clock.now_ms(), context.today()

    def work(connection: Transaction) -> BoardState:
        state = halls.get(connection, hall)
        if state is None:
            raise refusal("unknown_hall")
        plan = plan_now(context, connection, hall)
        opened = halls.opened(connection, hall, today)
        since_ms = now_ms - HORIZON_MS
        missed = tickets.in_states(connection, hall, [TicketState.MISSED], since_ms)
        waiting = Counter(each.business for each in tickets.in_states(connection, hall, IN_LINE, since_ms))
        paused = {
            window: each for window, each in pauses.paused(connection, hall).items() if each.paused_until > now_ms
        }
        return BoardState(
            hall=hall,
            head=state.head,
            server_time=now_ms,
            calls=_calls(connection, hall, plan, since_ms),
            businesses=[
                _business(connection, hall, code, plan, opened, waiting=waiting[code]) for code in plan.businesses
            ],
            missed=[each.number for each in missed if (each.missed_ms or each.called_ms or 0) >= now_ms - MISSED_MS],
            pauses=[_pause(each, plan, paused) for each in sorted(paused.values(), key=lambda each: each.paused_since)],
            notice=notice_of(connection, hall),
        )

    return context.storage.read(work)


def _calls(connection: Transaction, hall: str, plan: HallPlan, since_ms: int) -> list[BoardCall]:
    return [
        BoardCall(
            id=each.ticket_id,
            number=each.number,
            window=each.window,
            business=plan.businesses.get(each.business, ""),
            called_ms=each.called_ms,
            times=each.calls,
            missed=each.state is TicketState.MISSED,
        )
        for each in board_calls.last_calls(connection, hall, since_ms, CALLS)
    ]


def _pause(each: WindowPaused, plan: HallPlan, paused: Mapping[str, WindowPaused]) -> BoardPause:
    businesses = plan.calls.get(each.window, ())
    others = plan.windows_of(businesses[0]) - set(paused) if businesses else frozenset()
    return BoardPause(
        window=each.window,
        until_ms=each.paused_until,
        business=plan.businesses[businesses[0]] if businesses else "",
        places=window_list(sorted(others)),
    )


def _business(
    connection: Transaction, hall: str, code: str, plan: HallPlan, opened: Collection[str], *, waiting: int
) -> BoardBusiness:
    windows = sorted(plan.windows_of(code) & frozenset(opened)) or sorted(plan.windows_of(code))
    lengths = tickets.service_lengths(connection, hall, code, at_most_ms=HORIZON_MS, limit=_RECENT)
    return BoardBusiness(
        code=code,
        name=plan.businesses[code],
        windows=windows,
        places=window_list(windows),
        waiting=waiting,
        eta_minutes=eta_minutes(waiting, lengths, len(windows)),
    )


def window_list(windows: Sequence[str]) -> str:
    """Return ``A01–A03、A05``: neighbours of one letter joined."""
    runs: list[list[str]] = []
    for window in windows:
        if runs and _follows(runs[-1][-1], window):
            runs[-1].append(window)
        else:
            runs.append([window])
    return "、".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _follows(before: str, after: str) -> bool:
    digits = before[1:], after[1:]
    return before[:1] == after[:1] and all(each.isdecimal() for each in digits) and int(digits[1]) == int(digits[0]) + 1
