"""What the floor manager's view shows: windows, lines, figures, and what is to be seen to; numbers, never citizens."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from app.domain.business_day import start_of_day_ms
from app.domain.deadline import Light
from app.domain.floor import (
    WHOLE_HALL,
    Alarm,
    FloorFacts,
    QueueFacts,
    WindowFacts,
    WindowOrder,
    cut_off_since,
    serves_too_long,
    wait_level,
)
from app.domain.floor_alarms import alarms
from app.domain.floor_figures import Endings, TicketTimes, course, mean, services_ms, waits_ms
from app.domain.ledgers import LedgerName
from app.domain.rating import Grade
from app.domain.rights import Act
from app.domain.ticket import IN_LINE, TicketState
from sync.protocol.floor_messages import (
    FloorAct,
    FloorAlarm,
    FloorCourse,
    FloorFigures,
    FloorPriority,
    FloorQueue,
    FloorRemedy,
    FloorState,
    FloorWindow,
)
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.desk_acts import DESK_ACTS
from sync.server.service.event_cards import ALLOWED
from sync.server.service.floor_cards import card_facts
from sync.server.service.floor_contacts import contact_row, unaccepted_contacts
from sync.server.service.floor_due import CARDS, card_row, due_row, lights_of
from sync.server.service.floor_endings import floor_endings
from sync.server.service.floor_instants import floor_instants
from sync.server.service.floor_order import plan_now
from sync.server.service.floor_windows import helps_of, window_facts
from sync.server.service.hall_plan import HallPlan
from sync.server.service.refusals import refusal
from sync.server.storage import blocks, floor, floor_day, halls, ledger_entries, operations, pauses, ratings
from sync.server.storage.blocks import Marks
from sync.server.storage.engine import Transaction
from sync.server.storage.floor_day import DayTicket
from sync.server.storage.pauses import WindowPaused

RECENT_MS = 5 * 60_000
_GONE = frozenset({TicketState.VOID, TicketState.LEFT, TicketState.MISSED})
_REFUSED = tuple((LedgerName.NEGATIVE.value, each) for each in ("case.refused", "case.refused_inside"))


@dataclass(frozen=True, slots=True)
class _Floor:
    """What was read in one go."""

    now_ms: int
    plan: HallPlan
    orders: Mapping[str, WindowOrder]
    tickets: Sequence[DayTicket]
    windows: Sequence[WindowFacts]
    queues: Sequence[QueueFacts]
    pauses: Mapping[str, WindowPaused]
    clerks: Mapping[str, tuple[str, str]]
    endings: Mapping[str, Endings]
    blocks: Mapping[str, Marks]


def floor_state(context: Context, caller: Caller, hall: str) -> FloorState:
    """Return everything the view shows, read on one consistent view.

    Raises:
        Refused: ``forbidden`` or ``unknown_hall``.
    """
    caller.require(Act.SEE_FLOOR, hall)
    return context.storage.read(lambda connection: _state(context, connection, hall))


def _state(context: Context, connection: Transaction, hall: str) -> FloorState:
    row = halls.get(connection, hall)
    if row is None:
        raise refusal("unknown_hall")
    seen = _look(context, connection, hall)
    day_ms = start_of_day_ms(date.fromisoformat(context.today()))
    acts = [each for each in floor.acts_since(connection, hall, day_ms) if each.act not in DESK_ACTS]
    contacts = unaccepted_contacts(connection, hall)
    facts = FloorFacts(
        now_ms=seen.now_ms,
        windows=tuple(seen.windows),
        queues=tuple(seen.queues),
        helps=helps_of(connection, hall),
        faults=floor.faults(connection, hall),
        contacts=contacts,
        cards=card_facts(connection, hall),
        handled={
            str(each.detail.get("key")): each.at_ms for each in reversed(acts) if each.act == Act.HANDLE_ALARM.value
        },
    )
    cases = floor_day.running_cases(connection, hall)
    lights = lights_of(connection, hall, cases, date.fromisoformat(context.today()), seen.plan.floor.cards.lights)
    due = [each for each in cases if each.promised_due == context.today()]
    limits = seen.plan.floor.limits
    notices = seen.orders.get(WHOLE_HALL)
    day = course([_times(each) for each in seen.tickets], seen.now_ms)
    return FloorState(
        hall=hall,
        head=row.head,
        server_time=seen.now_ms,
        centre=seen.plan.floor.centre,
        closes=seen.plan.floor.closes,
        windows=[_window(each, seen) for each in seen.windows],
        queues=[_queue(each, seen) for each in seen.queues],
        alarms=[_alarm(each) for each in alarms(facts, limits)],
        figures=_figures(
            seen,
            ledger_entries.counts_since(connection, hall, day_ms),
            lights,
            due=len(due),
            grades=ratings.grades_since(connection, hall, day_ms),
            second=operations.count_since(connection, hall, ALLOWED, day_ms),
        ),
        course=FloorCourse(waiting=list(day.waiting), longest=list(day.longest), issued=list(day.issued)),
        due=[due_row(each, seen.plan) for each in due],
        acts=[FloorAct(**{**asdict(each), "detail": dict(each.detail)}) for each in acts],
        priorities=[FloorPriority(code=code, name=name) for code, name in seen.plan.priorities.items()],
        notice=notices.notes[-1].text if notices is not None and notices.notes else None,
        contacts=[contact_row(each, seen.now_ms, limits) for each in contacts],
        cards=[card_row(case, each, seen.plan) for case, each in zip(cases, lights, strict=True) if each in CARDS],
        instants=floor_instants(connection, hall, seen.plan.floor.instant, context.today()),
    )


def _look(context: Context, connection: Transaction, hall: str) -> _Floor:
    now_ms, today = context.clock.now_ms(), context.today()
    plan = plan_now(context, connection, hall)
    orders = floor.orders(connection, hall)
    tickets = floor_day.tickets_of(connection, hall, today)
    paused = pauses.paused(connection, hall)
    opened = halls.opened(connection, hall, today)
    published, heard = context.plan(connection, hall), blocks.heard(connection, hall)
    windows = [
        window_facts(
            number,
            plan,
            published,
            tickets,
            order=orders.get(number),
            opened=opened,
            pause=paused.get(number),
            cut_off_since_ms=cut_off_since(heard.get(number), now_ms),
        )
        for number in plan.calls
    ]
    return _Floor(
        now_ms=now_ms,
        plan=plan,
        orders=orders,
        tickets=tickets,
        windows=windows,
        queues=[_line(code, tickets) for code in plan.businesses],
        pauses=paused,
        clerks=floor_day.clerks_at(connection, hall, now_ms),
        endings=floor_endings(connection, hall, today, tickets),
        blocks=blocks.every(connection, hall),
    )


def _line(business: str, tickets: Sequence[DayTicket]) -> QueueFacts:
    waiting = [each for each in tickets if each.business == business and each.state in IN_LINE]
    first = waiting[0] if waiting else None
    return QueueFacts(business, len(waiting), first.issued_ms if first else None, first.number if first else None)


def _window(facts: WindowFacts, seen: _Floor) -> FloorWindow:
    order, pause = seen.orders.get(facts.window), seen.pauses.get(facts.window)
    ticket = next((each for each in seen.tickets if each.number == facts.ticket), None)
    clerk = seen.clerks.get(facts.window)
    came = seen.endings.get(facts.window, Endings())
    return FloorWindow(
        window=facts.window,
        theme=seen.plan.floor.themes.get(facts.window, ""),
        status=facts.status.value,
        businesses=list(facts.businesses),
        may=sorted(facts.may),
        opened=facts.opened,
        closed=order is not None and order.closed,
        clerk=clerk[1] if clerk else None,
        ticket=facts.ticket,
        business=ticket.business if ticket else None,
        since_ms=facts.since_ms,
        mean_ms=facts.mean_ms,
        too_long=serves_too_long(facts, seen.now_ms, seen.plan.floor.limits),
        paused_until_ms=facts.paused_until_ms,
        pause_reason=pause.pause_reason if pause else None,
        held=list(facts.held),
        ended=came.ended,
        nothing=came.nothing,
        reserved=list(facts.reserved),
        block_epoch=seen.blocks.get(facts.window, Marks()).epoch,
        cut_off_since_ms=facts.cut_off_since_ms,
    )


def _queue(line: QueueFacts, seen: _Floor) -> FloorQueue:
    minutes = (seen.now_ms - line.oldest_ms) // 60_000 if line.oldest_ms is not None else 0
    level = wait_level(minutes, seen.plan.floor.limits)
    return FloorQueue(
        code=line.business,
        name=seen.plan.businesses[line.business],
        waiting=line.waiting,
        oldest_issued_ms=line.oldest_ms,
        first=line.first,
        level=level.value if level else None,
        windows=[each.window for each in seen.windows if line.business in each.businesses],
    )


def _alarm(each: Alarm) -> FloorAlarm:
    remedy = FloorRemedy(
        verb=each.remedy.verb.value, window=each.remedy.window, businesses=list(each.remedy.businesses)
    )
    return FloorAlarm(
        key=each.key,
        kind=each.kind.value,
        level=each.level.value,
        remedy=remedy,
        minutes=each.minutes,
        business=each.business,
        window=each.window,
        ticket=each.ticket,
        count=each.count,
        subject=each.subject,
        note=each.note,
    )


def _figures(
    seen: _Floor,
    counted: Mapping[tuple[str, str], int],
    lights: Sequence[Light],
    *,
    due: int,
    grades: Sequence[int],
    second: int,
) -> FloorFigures:
    times = [_times(each) for each in seen.tickets]
    return FloorFigures(
        waiting=sum(each.waiting for each in seen.queues),
        issued=len(seen.tickets),
        recent=sum(each.issued_ms > seen.now_ms - RECENT_MS for each in seen.tickets),
        done=sum(each.state is TicketState.DONE for each in seen.tickets),
        accepted=_rows(counted, LedgerName.ACCEPTANCE),
        noticed=_rows(counted, LedgerName.SUPPLEMENT),
        refused=sum(counted.get(each, 0) for each in _REFUSED),
        second_supplements=second,
        mean_wait_ms=mean(waits_ms(times)),
        mean_serve_ms=mean(services_ms(times)),
        red=lights.count(Light.RED),
        yellow=lights.count(Light.YELLOW),
        due_today=due,
        rated=len(grades),
        pleased=sum(each >= Grade.FAIRLY_SATISFIED for each in grades),
    )


def _rows(counted: Mapping[tuple[str, str], int], ledger: LedgerName) -> int:
    return sum(count for (name, _), count in counted.items() if name == ledger.value)


def _times(each: DayTicket) -> TicketTimes:
    return TicketTimes(each.issued_ms, each.called_ms, each.closed_ms, gone=each.state in _GONE and not each.called_ms)
