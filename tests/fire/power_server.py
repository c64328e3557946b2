"""The power goes while the server's store writes; ``power_server.py IMAGES SEED``, a part of ``make fire-power``.

The server's own service, schema, pragmas and transactions on the recorded disk of ``power_disk``; one real counter,
whose store is in memory, works and pushes. What the server answered must be on every disk that may be found afterwards.
"""

import json
import random
import sys
import tempfile
from collections import Counter as Tally
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import sqlcipher3.dbapi2 as sqlcipher  # noqa: E402 - test folders are no packages
from power_disk import Connected, Recording, Told, images  # noqa: E402
from sqlalchemy import create_engine, event  # noqa: E402
from sqlalchemy.pool import StaticPool  # noqa: E402
from workers import CLERK, HALL, fill_card  # noqa: E402

from app.commands.system_clock import SystemClock  # noqa: E402
from app.domain.operation import from_wire, operation_hash  # noqa: E402
from app.domain.rights import Role  # noqa: E402
from app.ports.clock import new_id  # noqa: E402
from app.storage.opening import open_memory  # noqa: E402
from app.storage.replica import CounterReplica  # noqa: E402
from app.storage.signer import Ed25519Signer  # noqa: E402
from app.storage.slip_files import load_templates  # noqa: E402
from app.storage.store import CounterStore  # noqa: E402
from app.usecases.accept_case import accept_case  # noqa: E402
from app.usecases.arrive import arrive  # noqa: E402
from app.usecases.call_next import call_next  # noqa: E402
from app.usecases.finish_visit import finish_visit  # noqa: E402
from app.usecases.open_day import open_day  # noqa: E402
from sync.client.authority import HallAuthority  # noqa: E402
from sync.client.exchange import exchange  # noqa: E402
from sync.client.session import Session  # noqa: E402
from sync.protocol.messages import IssueTicket  # noqa: E402
from sync.server.catalogue_yaml import read  # noqa: E402
from sync.server.service import provision  # noqa: E402
from sync.server.service.central import CentralService  # noqa: E402
from sync.server.storage import engine as server_engine  # noqa: E402
from sync.server.storage import schema  # noqa: E402
from sync.server.storage.cipher import AesGcmCipher  # noqa: E402

STORE, WINDOW = "server.db", "A01"
CATALOGUE = HERE.parents[1] / "resources" / "catalogue" / "demo-9901.yaml"
CITIZENS = 30


@dataclass
class Record:
    """What happened to the disk, where the work began, and the hashes of all that the counter did."""

    events: list[Any]
    first: int
    hashes: list[str]


@dataclass
class Promised:
    """What the server has answered."""

    acked: int = 0
    issued: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)

    def take(self, line: dict[str, str]) -> None:
        self.acked = max(self.acked, int(line.get("acked", "0")))
        self.issued += [line["issued"]] if "issued" in line else []
        self.called += [line["called"]] if "called" in line else []


def record(folder: Path, citizens: int, *, careless: bool = False) -> Record:
    """Let a counter serve citizens of a server on a recorded disk; ``careless``: it does not wait for the disk."""
    disk, clock = Recording(), SystemClock()
    storage = server_engine.Storage(_engine(folder / STORE, careless=careless))
    schema.create(storage.engine)
    service = CentralService(storage, clock, AesGcmCipher(b"s" * 32, clock.random_bytes))
    _furnish(storage, clock)
    kiosk = service.as_caller(service.authenticate("token-kiosk"))
    database, signer = open_memory(clock), Ed25519Signer(bytes(32))
    replica, store = CounterReplica(database, clock), CounterStore(database, clock, signer)
    server = service.as_caller(service.authenticate("token-counter"))
    session = Session(replica, clock, signer.public_key())

    def settle() -> None:
        session.hint()
        while exchange(session, server, lambda: None) is None:
            pass
        head, waiting = replica.outbox()
        assert not waiting, session.trouble
        disk.events.append(Told({"acked": str(head - 1)}))

    settle()
    with store.read() as view:
        catalogue = view.catalogue()
    assert catalogue is not None
    card, templates, authority = fill_card(catalogue), load_templates(), HallAuthority(server, HALL)
    open_day(store, clock, CLERK)
    settle()
    with storage.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    first = len(disk.events)
    for _ in range(citizens):
        number = kiosk.issue_ticket(HALL, IssueTicket(business="A"), new_id(clock)).number
        disk.events.append(Told({"issued": number}))
        visit = call_next(store, clock, authority, CLERK)
        assert visit is not None
        disk.events.append(Told({"called": visit.number}))
        arrive(store, clock, CLERK)
        accept_case(store, clock, templates, card, CLERK)
        finish_visit(store, clock, CLERK)
        settle()
    with database.read() as connection:
        wires = connection.exec_driver_sql("SELECT wire FROM operation ORDER BY seq").scalars().all()
        hashes = [operation_hash(from_wire(json.loads(wire))) for wire in wires]
    events = list(disk.events)
    storage.close()
    database.close()
    return Record(events, first, hashes)


def check(found: Record, count: int, seed: int) -> Tally[str]:
    """Look at so many disks after a cut; returns what was wrong with how many."""
    wrong: Tally[str] = Tally()
    for cut, files in images(found.events, found.first, count, random.Random(seed)):
        promised = Promised()
        for each in found.events[:cut]:
            if isinstance(each, Told):
                promised.take(each.line)
        faults = _look(files, promised, found.hashes)
        wrong["images"] += 1
        wrong["faulty"] += bool(faults)
        wrong["lost"] += any("is lost" in each for each in faults)
        wrong["broken"] += any("is lost" not in each for each in faults)
        wrong.update(faults[:1])
    return wrong


def _look(files: dict[str, bytes], promised: Promised, hashes: list[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        found = sqlcipher.connect(str(Path(folder) / STORE))
        try:
            return _faults(lambda query: found.execute(query).fetchall(), promised, hashes)
        except sqlcipher.DatabaseError as error:
            return [f"it does not open: {error}"]
        finally:
            found.close()


def _faults(rows: Any, promised: Promised, hashes: list[str]) -> list[str]:
    log = rows("SELECT seq, hash, kind, entity_id, status FROM operation ORDER BY seq")
    tickets = dict(rows("SELECT number, state FROM ticket"))
    cases = {case for (case,) in rows("SELECT case_id FROM service_case")}
    feed = [seq for (seq,) in rows("SELECT seq FROM feed ORDER BY seq")]
    ((head,),) = rows("SELECT head FROM hall")
    chains = rows("SELECT last_seq, last_hash FROM registration")
    faults = [] if rows("PRAGMA integrity_check") == [("ok",)] else ["integrity_check is not ok"]
    if len(log) < promised.acked:
        faults.append("an operation that was acknowledged is lost")
    faults += ["a number that was given out is lost" for each in promised.issued if each not in tickets]
    faults += ["a call is lost" for each in promised.called if tickets.get(each, "waiting") == "waiting"]
    if [each[1] for each in log] != hashes[: len(log)]:
        faults.append("the log is not what the counter sent")
    if chains != [(len(log), log[-1][1])]:
        faults.append("the chain's end is not the log's")
    if {each[4] for each in log} != {"applied"}:
        faults.append("an operation was not applied")
    if {each[3] for each in log if each[2] == "case.accepted"} != cases:
        faults.append("cases and their operations differ")
    if feed != list(range(feed[0], head + 1)):
        faults.append("the feed has a gap, or another head")
    return faults


def _engine(path: Path, *, careless: bool) -> Any:
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: Connected(path), poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "connect", server_engine._configure)
    if careless:
        event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous = NORMAL"))
    event.listen(engine, "begin", server_engine._begin)
    return engine


def _furnish(storage: server_engine.Storage, clock: SystemClock) -> None:
    document = read(CATALOGUE.read_bytes()).document
    provision.add_hall(storage, clock, HALL, HALL)
    provision.add_device(storage, HALL, WINDOW, Role.COUNTER, token="token-counter", window=WINDOW)
    provision.add_device(storage, HALL, "kiosk", Role.KIOSK, token="token-kiosk")
    for profile in provision.profiles_of(document):
        if profile.clerk == CLERK.number:
            provision.add_clerk(storage, profile, HALL, password=None)
    provision.publish_document(storage, clock, HALL, document)


def main() -> int:
    """Say the figures of the product's settings and of careless ones; 1 when they are not as due."""
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    results = []
    for careless in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            found = record(Path(folder), CITIZENS, careless=careless)
        results.append(check(found, count // 10 if careless else count, seed))
        settings = "synchronous=NORMAL" if careless else "synchronous=FULL"
        print("server", settings, len(found.events), "events", dict(results[-1]), flush=True)
    return 0 if not results[0]["faulty"] and results[1]["lost"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
