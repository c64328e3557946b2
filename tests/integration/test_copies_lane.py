"""Scanned copies over real HTTP: after the operations, in pieces, on from a cut, for the people of the case."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from live_hall import Server
from test_counter_against_server import HALL, Desk

from app.domain.person import Person
from app.domain.scanned_copy import CopyKind, CopyPlace
from app.storage.copy_lane import CounterCopyLane
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.attach_copy import attach_copy
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.walk_in import walk_in
from devices.simulation.link import Link as Cable
from sync.client.copies import CopySender, HttpCopies
from sync.protocol.copy_messages import PIECE_BYTES
from sync.protocol.interface import Refused, Unreachable

PAGE = b"%PDF-1.7\n" + bytes(range(256)) * 4096 + b"\n%%EOF\n"
PIECES = 5
assert (PIECES - 1) * PIECE_BYTES < len(PAGE) < PIECES * PIECE_BYTES


@pytest.fixture
def desk(server: Server, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(server, tmp_path / "counter", "A06")  # type: ignore[arg-type] # the same hall in the same shape
    yield desk
    desk.close()


@pytest.fixture
def cable(server: Server) -> Iterator[Cable]:
    where = urlsplit(server.url)
    assert where.hostname is not None
    assert where.port is not None
    cable = Cable("127.0.0.1", 0, (where.hostname, where.port))
    cable.start()
    yield cable
    cable.stop()


def session(server: Server, clerk: str) -> str:
    body = {"clerk": clerk, "password": server.credentials["clerks"][clerk]}
    return str(server.ask("/v1/sessions", "A06", body)["session"])


def passed(cable: Cable) -> int:
    return int(cable.handle({"do": "state"})["passed_bytes"])


def test_a_copy_goes_on_where_the_line_was_cut(server: Server, desk: Desk, cable: Cable, citizen: Person) -> None:
    desk.sync()
    clerk = desk.sign_in(server)  # type: ignore[arg-type] # as above
    open_day(desk.store, desk.clock, clerk)
    visit = walk_in(desk.store, desk.clock, clerk)
    copy = attach_copy(desk.store, desk.clock, CopyPlace(visit.visit_id, "M1"), CopyKind.PDF, PAGE, by=clerk)
    case = accept_case(desk.store, desk.clock, load_templates(), desk.card(citizen, visit.number), clerk).case
    finish_visit(desk.store, desk.clock, clerk)
    lane = CounterCopyLane(desk.database)
    host, port = cable.address
    line = HttpCopies(f"http://{host}:{port}", desk.token, desk.clock)
    sender = CopySender(lane, desk.clock)
    assert not sender.step(line), "operations come first"
    status = desk.sync()
    assert (status.pending, status.conflicts) == (0, 0)

    assert sender.step(line)
    cable.cut_after(2 * PIECE_BYTES + PIECE_BYTES // 2)
    assert sender.step(line)
    assert sender.step(line)
    with pytest.raises(Unreachable):
        sender.step(line)
    cable.start()
    before = passed(cable)
    line.reconnect()
    while sender.step(line):
        pass
    again = passed(cable) - before
    assert again < len(PAGE) - 2 * PIECE_BYTES + PIECE_BYTES // 2, "what was there is not sent again"
    assert (lane.next_waiting(), sender.trouble) == (None, "")
    line.close()

    reader = HttpCopies(server.url, session(server, "0401"), desk.clock)
    (told,) = reader.of_case(HALL, case.case_id).copies
    assert (told.copy_id, told.sha256, told.here) == (copy.copy_id, copy.sha256, True)
    assert reader.content(told.sha256) == PAGE
    reader.close()
    stranger = HttpCopies(server.url, session(server, "0402"), desk.clock)
    with pytest.raises(Refused, match="not_found"):
        stranger.content(told.sha256)
    stranger.close()
    files = [each for each in (server.data / "copies" / HALL).rglob("*") if each.is_file()]
    assert len(files) == 1
    assert b"%PDF" not in files[0].read_bytes()
