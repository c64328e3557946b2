"""A hall over HTTP with counters on their real stores: what a clerk records goes to the server and comes back."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from clock_desk import FAR, WINDOWS, Bridge, Desk, Kit, person
from published_hall import DEMO, HALL, Hall, opened_hall
from spare_stores import counter_store
from sqlalchemy import Connection, delete

from app.domain.rights import Role
from app.ports.store import Counter
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.spool import CounterSpool
from app.storage.store import CounterStore
from sync.client.http import HttpCentralServer
from sync.protocol.messages import RegisterCounter
from sync.server.service import provision
from sync.server.service.tokens import token_hash
from sync.server.storage import clerks
from sync.server.storage.clerks import Profile
from sync.server.storage.tables import calendar_year, window_day


def cards_of(hall: Hall, subject: str) -> dict[str, dict[str, Any]]:
    """Return the cards over a case that hang or hung, by their rule, as the supervisor is shown them."""
    rows = hall.ask("GET", f"/v1/halls/{HALL}/cards", "0902").json()["cards"]
    return {each["rule"]: each for each in reversed(rows) if each["subject"] == subject}


def until(true: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait for something another thread does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


@contextmanager
def clock_hall(memory_of: Any) -> Iterator[Callable[[], Hall]]:
    """Open the hall with the people the clocks need: reviewers of every item, and their sessions.

    What is yielded gives the same hall as it was then: nobody waits in it, whatever the test before left.
    """
    devices: dict[str, str] = {}
    with opened_hall(memory_of) as as_published:
        hall = as_published()
        hall.storage.write(_forget_the_coming_year)
        for item_id, (window, _, _, reviewer) in WINDOWS.items():
            department = next(each["department"] for each in DEMO["items"] if each["id"] == item_id)
            profile = Profile(reviewer, "蒋某", department, ("reviewer",), (), ("*",))
            provision.add_clerk(hall.storage, profile, HALL, password=None)
            devices[window] = f"token-{window}"
        for window, token in devices.items():
            provision.add_device(hall.storage, HALL, window, Role.COUNTER, token=token, window=window)
        for number in ("0901", "0902"):
            hashed = token_hash(f"token-{number}")
            hall.storage.write(
                lambda connection, number=number, hashed=hashed: clerks.add_session(
                    connection, HALL, hashed, number=number, device=None, expires_ms=FAR
                )
            )
        memory = memory_of(hall.storage.engine)
        with hall.storage._writer:
            contents = memory.contents()

        def anew() -> Hall:
            as_published()
            with hall.storage._writer:  # the rounds of the server go on meanwhile
                memory.hold(contents)
            return hall

        yield anew


def _forget_the_coming_year(connection: Connection) -> None:
    connection.execute(delete(calendar_year).where(calendar_year.c.year > 2026))


def _forget_the_days(connection: Connection) -> None:
    connection.execute(delete(window_day))  # every test begins on a day of its own


def counter_at(hall: Hall, window: str) -> tuple[Kit, HttpCentralServer, str]:
    """Put a counter with a new store at a window, in the morning; return it, its line and its device."""
    server = HttpCentralServer("http://testserver.local", f"token-{window}", hall.clock, Bridge(hall))
    hall.storage.write(_forget_the_days)
    signer, database = Ed25519Signer(bytes(range(32))), counter_store(hall.clock)
    kit = Kit(
        database,
        CounterStore(database, hall.clock, signer),
        CounterReplica(database, hall.clock),
        CounterSpool(database),
        hall.clock,
    )
    incarnation = kit.replica.incarnation()
    public = signer.public_key()
    given = server.register(RegisterCounter(incarnation=incarnation, public_key=public))
    kit.replica.register(
        Counter(given.device, incarnation, given.counter, given.centre, HALL, window), given.server_incarnation
    )
    snapshot = server.snapshot(HALL)
    kit.replica.replace(snapshot.tables, snapshot.cursor)
    return kit, server, given.device


def desk_of(hall: Hall, item_id: str) -> Desk:
    """Seat the clerk and the reviewer of an item at its window, with a store that is new."""
    window, _, clerk, reviewer = WINDOWS[item_id]
    staff = {each["number"]: each for each in DEMO["staff"]}
    department = next(each["department"] for each in DEMO["items"] if each["id"] == item_id)
    kit, server, device = counter_at(hall, window)
    return Desk(
        hall,
        kit,
        server,
        item_id,
        device,
        person(clerk, Role.CLERK, department=staff[clerk]["department"]),
        person(reviewer, Role.REVIEWER, department=department),
        person("0901", Role.FLOOR_MANAGER, department="D-ZX"),
    )


def day(text: str) -> date:
    """Return a day."""
    return date.fromisoformat(text)
