"""PostgreSQL says that its disk is full: the counter is told, keeps what it has, and the server takes it afterwards.

The disk is not really full: a trigger raises state 53100, and the driver says it as it does of a file that cannot grow.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from http_server import Server
from test_counter_against_server import HALL, Desk

from app.domain.link import Link, LinkStatus
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.walk_in import walk_in

WINDOW, DATABASE = "A04", "several"


@contextmanager
def full(postgres: Any) -> Iterator[None]:
    """Let the log of the operations take nothing more."""
    with postgres.connect(DATABASE) as operator:
        operator.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
        )
        operator.execute("CREATE TRIGGER no_room BEFORE INSERT ON operation EXECUTE FUNCTION no_room()")
        try:
            yield
        finally:
            operator.execute("DROP FUNCTION no_room CASCADE")


def again(desk: Desk) -> LinkStatus:
    """Talk without waiting as long as the server asked for."""
    desk.session._backoff.succeeded()
    return desk.sync()


def test_a_full_postgresql_is_told_and_takes_everything_once_it_has_room(
    several: Server, postgres: Any, tmp_path: Path, citizen: Any
) -> None:
    with closing(Desk(several, tmp_path / "counter", WINDOW)) as desk:  # type: ignore[arg-type] # as a Hall
        desk.sync()
        clerk = desk.sign_in(several)  # type: ignore[arg-type] # as above
        with full(postgres):
            open_day(desk.store, desk.clock, clerk)
            visit = walk_in(desk.store, desk.clock, clerk)
            for _ in range(2):
                status = again(desk)
                assert (status.link, status.trouble) == (Link.ATTENTION, "server_full")
            case = accept_case(desk.store, desk.clock, load_templates(), desk.card(citizen, visit.number), clerk).case
            finish_visit(desk.store, desk.clock, clerk)
            kept = again(desk).pending
            assert kept > 0
            assert desk.replica.outbox()[1] == kept
        status = again(desk)
        assert (status.link, status.pending, status.conflicts) == (Link.SYNCED, 0, 0)
        assert case.case_no in {row["case_no"] for row in desk.server.snapshot(HALL).tables["case"]}
        theirs = desk.server.digest(HALL)
        held = {name: (each.count, each.hash) for name, each in theirs.tables.items()}
        assert desk.replica.digest(theirs.since, theirs.kept_from) == (theirs.cursor, held)
