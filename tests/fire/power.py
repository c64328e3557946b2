"""The power goes while the counter's store writes; the body of ``make fire-power`` and of its test."""

import random
import sys
import tempfile
from collections import Counter as Tally
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import sqlcipher3.dbapi2 as sqlcipher  # noqa: E402 - test folders are no packages
from observer import Said, faults_in  # noqa: E402
from power_disk import Connected, Recording, Told, images  # noqa: E402
from workers import CLERK, fill_card  # noqa: E402

from app.commands.system_clock import SystemClock  # noqa: E402
from app.domain.calendar_document import table_to_json  # noqa: E402
from app.ports.store import Counter  # noqa: E402
from app.storage.calendar_file import load_calendar  # noqa: E402
from app.storage.engine import _configure  # noqa: E402
from app.storage.opening import open_with  # noqa: E402
from app.storage.replica import CounterReplica  # noqa: E402
from app.storage.signer import Ed25519Signer  # noqa: E402
from app.storage.slip_files import load_templates  # noqa: E402
from app.storage.store import CounterStore  # noqa: E402
from app.usecases.accept_case import accept_case  # noqa: E402
from app.usecases.finish_visit import finish_visit  # noqa: E402
from app.usecases.open_day import open_day  # noqa: E402
from app.usecases.walk_in import walk_in  # noqa: E402
from sync.server.catalogue_yaml import read  # noqa: E402

RESOURCES = HERE.parents[1] / "resources"
STORE = "counter.db"
CITIZENS = 30
"""So many that the write-ahead log is checkpointed on the way."""


def record(folder: Path, citizens: int, *, careless: bool = False) -> tuple[list[Any], int]:
    """Serve citizens on a recorded disk; returns what happened to it and where the first citizen came.

    ``careless``: the store does not wait for the disk at a commit, which the product's own settings forbid.
    """
    disk = Recording()

    def connect() -> Connected:
        connection = Connected(folder / STORE)
        _configure(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        if careless:
            connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    clock = SystemClock()
    database = open_with(connect, clock, shared=True)
    replica = CounterReplica(database, clock)
    replica.register(Counter("A01", replica.incarnation(), "0003", "9901", "9901", "A01"), "server")
    replica.replace(_published(), 0)
    store = CounterStore(database, clock, Ed25519Signer(bytes(32)))
    with store.read() as view:
        catalogue = view.catalogue()
    assert catalogue is not None
    card, templates = fill_card(catalogue), load_templates()
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    open_day(store, clock, CLERK)
    first = len(disk.events)
    for _ in range(citizens):
        number = walk_in(store, clock, CLERK).number
        disk.events.append(Told({"walked_in": number}))
        disk.events.append(Told({"accepted": accept_case(store, clock, templates, card, CLERK).case.case_no}))
        finish_visit(store, clock, CLERK)
        disk.events.append(Told({"finished": number}))
    events = list(disk.events)
    database.close()
    return events, first


def check(events: list[Any], first: int, count: int, seed: int) -> Tally[str]:
    """Look at so many disks after a cut; returns what was wrong with how many."""
    wrong: Tally[str] = Tally()
    for cut, files in images(events, first, count, random.Random(seed)):
        said = Said()
        for event in events[:cut]:
            if isinstance(event, Told):
                said.take(event.line)
        faults = _look(files, said)
        wrong["images"] += 1
        wrong["faulty"] += bool(faults)
        wrong["lost"] += any("is lost" in each for each in faults)
        wrong["broken"] += any("is lost" not in each for each in faults)
    return wrong


def _look(files: dict[str, bytes], said: Said) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        found = sqlcipher.connect(str(Path(folder) / STORE))
        try:
            whole = found.execute("PRAGMA integrity_check").fetchall()
            faults = [] if whole == [("ok",)] else ["integrity_check is not ok"]
            return faults + faults_in(lambda query: found.execute(query).fetchall(), said)
        except sqlcipher.DatabaseError as error:
            return [f"it does not open: {error}"]
        finally:
            found.close()


def _published() -> dict[str, list[dict[str, Any]]]:
    document = read((RESOURCES / "catalogue" / "demo-9901.yaml").read_bytes()).document
    calendar = load_calendar(RESOURCES / "calendar")
    row = {"version": document["version"], "rev": 1, "document": document}
    return {
        "ticket": [],
        "case": [],
        "catalogue": [{**row, "effective_from": document["effective_from"]}],
        "calendar": [{"year": year, "rev": 1, "table": table_to_json(calendar.table(year))} for year in (2025, 2026)],
    }


def main() -> int:
    """``power.py IMAGES SEED``: figures of the product's settings and of careless ones; 1 when they are not as due."""
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    results = []
    for careless in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            events, first = record(Path(folder), CITIZENS, careless=careless)
        results.append(check(events, first, count // 10 if careless else count, seed))
        print(
            "synchronous=NORMAL" if careless else "synchronous=FULL",
            len(events),
            "events",
            dict(results[-1]),
            flush=True,
        )
    return 0 if not results[0]["faulty"] and results[1]["lost"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
