"""Takes operations in: of one counter, or of several that wait for the same hall."""

from collections.abc import Sequence
from functools import partial

from app.domain.rights import Act
from sync.protocol.interface import Refused
from sync.protocol.messages import Push, PushResult
from sync.server.service import heard
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.desk import Parked
from sync.server.service.gathered import Clash
from sync.server.service.refusals import refusal
from sync.server.service.take_pushes import Sent, take
from sync.server.service.verify_ops import parse
from sync.server.storage import blocks
from sync.server.storage.devices import ChainKey
from sync.server.storage.engine import Transaction
from sync.server.storage.savepoint import Unfit


def push(context: Context, caller: Caller, request: Push) -> PushResult:
    """Apply what is new, park what cannot be applied, acknowledge what is durable.

    Raises:
        Refused: ``forbidden``, ``malformed``, ``too_large``, ``unknown_device``, ``quarantined``, ``gap`` with
            ``expected_seq``, or ``fork``, which also quarantines the chain.
    """
    [answer] = push_together(context, [(caller, request)])
    if isinstance(answer, Refused):
        raise answer
    return answer


def push_together(context: Context, pushes: Sequence[tuple[Caller, Push]]) -> list[PushResult | Refused]:
    """Take the pushes of one hall's counters in by as few transactions as can be; each has its own answer, in order.

    One that cannot be applied harms no other: then each is taken in for itself. A device's pushes follow each other.
    """
    answers: dict[int, PushResult | Refused] = {}
    waiting: list[tuple[int, Sent]] = []
    for at, (caller, request) in enumerate(pushes):
        try:
            waiting.append((at, _sound(caller, request)))
        except Refused as refused:
            answers[at] = refused
    while waiting:
        now, waiting = _first_of_each_device(waiting)
        taken = _taken(context, pushes[0][0].hall, [sent for _, sent in now])
        answers.update(zip((at for at, _ in now), taken, strict=True))
    if any(isinstance(each, PushResult) for each in answers.values()):
        context.changed(pushes[0][0].hall)
    return [answers[at] for at in range(len(pushes))]


def _sound(caller: Caller, request: Push) -> Sent:
    caller.require(Act.SYNC)
    if caller.device != request.device or caller.window is None:
        raise refusal("forbidden")
    received = parse(request, caller.hall)
    return Sent(caller.window, ChainKey(caller.hall, request.device, request.incarnation), received)


def _first_of_each_device(
    waiting: Sequence[tuple[int, Sent]],
) -> tuple[list[tuple[int, Sent]], list[tuple[int, Sent]]]:
    """Return the first push of each device, and those that come after one of them."""
    devices: set[str] = set()
    first, later = list[tuple[int, Sent]](), list[tuple[int, Sent]]()
    for each in waiting:
        device = each[1].key.device
        (later if device in devices else first).append(each)
        devices.add(device)
    return first, later


def _taken(context: Context, hall: str, sent: Sequence[Sent]) -> list[PushResult | Refused]:
    due = heard.due(context, hall, {each.window for each in sent})

    def work(connection: Transaction, *, whole: bool = True) -> list[PushResult | Refused]:
        if due:
            blocks.put_all_heard(connection, hall, due, context.clock.now_ms())
        return take(context, connection, hall, sent, whole=whole)

    try:
        answers = context.storage.write(work)
    except (Clash, Parked, Unfit):  # all of it is taken back: again, and each for itself
        if len(sent) > 1:
            return [answer for each in sent for answer in _taken(context, hall, [each])]
        answers = context.storage.write(partial(work, whole=False))
    heard.written(context, hall, due)
    return answers
