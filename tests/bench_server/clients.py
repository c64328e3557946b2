"""Sixty-four registered counters that sign, and what they say as the bytes of requests."""

import random
from collections.abc import Iterator, Sequence
from datetime import date

import ground
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from month_counter import Counter
from month_writer import Writer
from wire import request

from app.domain.business_day import business_date, start_of_day_ms
from app.domain.operation import Operation, to_wire
from app.domain.walk_in import walk_in_number
from sync.protocol.messages import Push
from sync.server.service.central import CentralService
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.engine import Storage

MINUTE = 60_000
CALLS = tuple(f"/v1/halls/{ground.HALL}/windows/{window}/call-next" for window in ground.WINDOWS)


def service_on(storage: Storage) -> CentralService:
    """Return the service in this process, for what is no part of a measurement."""
    return CentralService(storage, ground.CLOCK, AesGcmCipher(b"b" * 32, ground.CLOCK.random_bytes))


def counters(storage: Storage, windows: Sequence[str] = ground.WINDOWS) -> list[Counter]:
    """Register the counters of the windows."""
    service, made = service_on(storage), []
    for window in windows:
        server = service.as_caller(service.authenticate(ground.token(window)))
        key = Ed25519PrivateKey.from_private_bytes(window.ljust(32).encode())
        made.append(Counter(server, window, key).register())
    return made


class Day:
    """What windows do while cut off: a citizen without a number, their case accepted, the end of the visit."""

    def __init__(self, seed: int = 7, first: int = 0) -> None:
        self._chance = random.Random(seed)
        self._writer = Writer(self._chance)
        self._writer._made = first  # of what is in the database already
        self._serial = 0

    def citizen(self, counter: Counter, day: date) -> None:
        """Sign what one citizen is: came without a number, case accepted, pressed a grade, gone. Four operations."""
        self._serial += 1
        number, ticket = walk_in_number(counter.number, self._serial), f"walk-{counter.window}-{self._serial}"
        came_ms = start_of_day_ms(day) + 9 * 60 * MINUTE + self._chance.randrange(6 * 60 * MINUTE)
        here = {"number": number, "window": counter.window}
        walked = {**here, "business_date": day.isoformat(), "served_ms": came_ms}
        counter.sign(came_ms, "ticket.walked_in", ("ticket", ticket), walked)
        counter.serial += 1
        self._writer._made += 1
        case = self._writer._payload(counter, day, came_ms + MINUTE)
        self._writer._step(counter, case, "accepted", came_ms + MINUTE, 0)
        self._writer._rate(counter, case["rating_token"], came_ms + 7 * MINUTE)
        ended = {**here, "outcome": "answered", "case_id": None}
        counter.sign(came_ms + 8 * MINUTE, "ticket.finished", ("ticket", ticket), ended)

    def citizens(self, counter: Counter, operations: int) -> list[Operation]:
        """Sign at least so many operations and return exactly so many; the rest waits in ``counter.out``."""
        today = business_date(ground.CLOCK.now_ms())
        while len(counter.out) < operations:
            self.citizen(counter, today)
        signed, counter.out = counter.out[:operations], counter.out[operations:]
        return signed


def push_of(counter: Counter, operations: Sequence[Operation]) -> Push:
    """Return the push that carries the operations."""
    wire = [to_wire(each) for each in operations]
    return Push(device=counter.device, incarnation=f"store-{counter.window}", first_seq=operations[0].seq, ops=wire)


def pushes(counter: Counter, day: Day, count: int, size: int) -> Iterator[bytes]:
    """Yield so many requests of ``size`` operations each."""
    import msgspec  # noqa: PLC0415 - the product's own encoder of messages

    for _ in range(count):
        body = msgspec.json.encode(push_of(counter, day.citizens(counter, size)))
        yield request("POST", "/v1/sync/push", ground.token(counter.window), body)


def call(at: int, turn: int) -> bytes:
    """Return the request of a window for its next ticket."""
    return request("POST", CALLS[at], ground.token(ground.WINDOWS[at]), key=f"call-{at}-{turn}")


def ticket(turn: int, at: int) -> bytes:
    """Return the request of the kiosk for a number."""
    path, body = f"/v1/halls/{ground.HALL}/tickets", b'{"business":"A"}'
    return request("POST", path, ground.token(ground.KIOSK), body, key=f"ticket-{turn}-{at}")
