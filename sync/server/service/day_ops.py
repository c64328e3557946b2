"""What a counter says of its numbers at the end of a day: the server looks whether it holds a case of each."""

from dataclasses import dataclass
from datetime import date

from app.domain.day_close import DayNumbers, numbers_of
from app.domain.operation import Operation
from app.domain.serials import InvalidSerialError
from app.domain.supervision import CardRule, Wanted
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.former_ops import is_signed_anew
from sync.server.service.raise_cards import raise_cards
from sync.server.storage import day_closes, halls
from sync.server.storage.clerks import Profile
from sync.server.storage.day_closes import DayClose
from sync.server.storage.feed import Change


@dataclass(frozen=True, slots=True)
class _DayClosed:
    business_date: date
    first: int | None
    last: int | None
    count: int
    head: str


def day_closed(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep what was said; a number without a case, or a case without a number, hangs up a card (sync.md section 3).

    It comes after every operation of its day, so what the server lacks then is lost, parked, or was never sent.
    """
    told = payload_of(operation, _DayClosed)
    said = DayNumbers(told.first, told.last, told.count, told.head)
    follows = told.head == operation.prev_hash or is_signed_anew(operation)  # then it followed in the life before
    if operation.entity_id != desk.window or not said.possible or not follows:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    day = told.business_date.isoformat()
    if day_closes.get(desk.connection, desk.hall, desk.counter, day) is not None:
        raise Parked(Reason.ILLEGAL_TRANSITION)
    numbers = _numbers(desk, told.business_date, said.last)
    held = day_closes.held(desk.connection, desk.hall, numbers)
    missing = [each for each in numbers if each not in held]
    now_ms = desk.context.clock.now_ms()
    day_closes.add(
        desk.connection,
        DayClose(
            hall=desk.hall,
            counter=desk.counter,
            business_date=day,
            device=operation.device,
            first=said.first,
            last=said.last,
            count=said.count,
            head=said.head,
            missing=len(missing),
            closed_ms=now_ms,
        ),
    )
    if not missing and said.count == (said.last or 0):
        return []
    wanted = Wanted(
        cause=f"{CardRule.DAY_GAP.value}:{desk.counter}:{day}",
        rule=CardRule.DAY_GAP,
        subject=missing[0] if missing else f"{desk.window} {day}",
        window=desk.window,
    )
    rules = desk.context.plan(desk.connection, desk.hall).floor.cards
    return raise_cards(desk.context, desk.connection, desk.hall, [wanted], rules)


def _numbers(desk: Desk, day: date, last: int | None) -> list[str]:
    hall = halls.get(desk.connection, desk.hall)
    try:
        return numbers_of(hall.centre if hall else "", desk.counter, day, last)
    except InvalidSerialError as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error
