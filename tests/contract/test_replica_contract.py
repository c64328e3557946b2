"""What every replica promises the sync client, in memory, over the quick engine and in an encrypted file alike."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.feed import table_digest
from app.domain.operation import OperationDraft
from app.domain.takeover import Contact
from app.domain.ticket import TicketState
from app.ports.replica import UnreadableRow
from app.storage.mirror_tables import HALL_CASE
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.open_day import open_day
from app.usecases.walk_in import walk_in


@pytest.fixture(params=["kit", "quick_kit", "file_kit"])
def any_kit(request: Any) -> Any:
    return request.getfixturevalue(request.param)


@pytest.fixture
def append(any_kit: Any, clerk: Clerk) -> Any:
    def some(count: int) -> Any:
        draft = OperationDraft("slip.reprinted", "case", "c", {"n": 1}, clerk.at("A01"))
        with any_kit.store.begin() as work:
            return [work.append(draft) for _ in range(count)]

    return some


def row_of(ticket: Any) -> Any:
    return {name: getattr(ticket, name) for name in type(ticket).__dataclass_fields__}


def event(seq: Any, ticket: Any) -> Any:
    return {
        "seq": seq,
        "entity": "ticket",
        "entity_id": ticket.ticket_id,
        "rev": ticket.rev,
        "data": row_of(ticket),
    }


def waiting(kit: Any) -> Any:
    with kit.store.read() as view:
        return [each.number for each in view.waiting(["A"], 100)]


def test_the_outbox_is_sent_in_order_and_leaves_when_acknowledged(any_kit: Any, append: Any) -> None:
    operations = append(3)
    assert any_kit.replica.pending(2) == operations[:2]
    any_kit.replica.acknowledge(2, {})
    assert any_kit.replica.pending(10) == operations[2:]
    assert any_kit.replica.outbox() == (3, 1)


def test_an_old_acknowledgement_takes_nothing_back(any_kit: Any, append: Any) -> None:
    append(3)
    any_kit.replica.acknowledge(3, {})
    any_kit.replica.acknowledge(1, {})
    assert any_kit.replica.outbox() == (4, 0)


def test_an_acknowledgement_beyond_the_log_is_not_believed(any_kit: Any, append: Any) -> None:
    append(1)
    any_kit.replica.acknowledge(99, {})
    assert any_kit.replica.outbox() == (2, 0)


def test_parked_operations_wait_for_a_person(any_kit: Any, append: Any) -> None:
    append(3)
    any_kit.replica.acknowledge(3, {2: "taken_elsewhere"})
    assert any_kit.replica.parked() == 1
    with any_kit.store.read() as view:
        assert view.conflicts() == 1


def test_a_restored_server_gets_again_what_it_lost(any_kit: Any, append: Any) -> None:
    operations = append(4)
    any_kit.replica.acknowledge(4, {})
    any_kit.replica.rewind(3, "server-2")
    assert any_kit.replica.pending(10) == operations[2:]
    assert any_kit.replica.server_incarnation() == "server-2"


def test_acknowledged_operations_are_kept_thirty_days(any_kit: Any, append: Any) -> None:
    append(2)
    any_kit.replica.acknowledge(2, {})
    any_kit.clock.advance(31 * 86_400_000)
    fresh = append(1)
    any_kit.replica.acknowledge(3, {})
    any_kit.replica.rewind(1, "server-2")
    assert any_kit.replica.pending(10) == fresh


def test_a_page_moves_the_cursor_with_its_rows(any_kit: Any, ticket: Any) -> None:
    assert any_kit.replica.apply(0, [event(1, ticket("A001")), event(2, ticket("A002"))], 2)
    assert any_kit.replica.cursor() == 2
    assert waiting(any_kit) == ["A001", "A002"]


@pytest.mark.parametrize(
    ("after", "seqs", "cursor"), [(1, [2], 2), (0, [2], 2), (0, [1, 3], 3), (0, [1], 2), (0, [2, 1], 2)]
)
def test_a_page_that_does_not_fit_is_discarded_whole(
    any_kit: Any, ticket: Any, after: Any, seqs: Any, cursor: int
) -> None:
    events = [event(seq, ticket(f"A00{seq}")) for seq in seqs]
    assert not any_kit.replica.apply(after, events, cursor)
    assert any_kit.replica.cursor() == 0
    assert waiting(any_kit) == []


def test_the_same_page_twice_is_applied_once(any_kit: Any, ticket: Any) -> None:
    page = [event(1, ticket("A001"))]
    assert any_kit.replica.apply(0, page, 1)
    assert not any_kit.replica.apply(0, page, 1)


def test_an_older_revision_never_overwrites_a_newer_one(any_kit: Any, ticket: Any) -> None:
    newer = replace(ticket("A001"), rev=5, business="B")
    assert any_kit.replica.apply(0, [event(1, newer), event(2, replace(newer, rev=4, business="A"))], 2)
    assert waiting(any_kit) == []


@pytest.mark.parametrize(
    "spoil", [{"surprise": 1}, {"rev": "5"}, {"number": None}, {"issued_ms": "soon"}, {"business_date": 20261123}]
)
def test_an_unreadable_row_changes_nothing(any_kit: Any, ticket: Any, spoil: Any) -> None:
    bad = event(2, ticket("A002"))
    bad["data"] |= spoil
    with pytest.raises(UnreadableRow, match="ticket"):
        any_kit.replica.apply(0, [event(1, ticket("A001")), bad], 2)
    assert any_kit.replica.cursor() == 0
    assert waiting(any_kit) == []


def test_an_unknown_entity_is_unreadable(any_kit: Any) -> None:
    with pytest.raises(UnreadableRow, match="rocket"):
        any_kit.replica.replace({"rocket": [{"rev": 1}]}, 3)


def test_a_snapshot_replaces_the_copy_and_keeps_the_outbox(any_kit: Any, append: Any, ticket: Any) -> None:
    operations = append(2)
    any_kit.replica.apply(0, [event(1, ticket("A001"))], 1)
    any_kit.replica.replace({"ticket": [row_of(ticket("A007"))]}, 40)
    assert waiting(any_kit) == ["A007"]
    assert any_kit.replica.cursor() == 40
    assert any_kit.replica.pending(10) == operations


def test_the_digest_is_that_of_the_rows_as_the_server_spells_them(
    any_kit: Any, ticket: Any, published_tables: Any
) -> None:
    rows = [row_of(ticket("A001")), row_of(ticket("A002", priority="elderly"))]
    asked = row_of(Contact("c1", "9901", "A001", "ticket-A001", "0302", "0302", "A03", "A01", 1))
    tables = {**published_tables, "ticket": rows, "contact": [asked]}
    any_kit.replica.replace(tables, 7)
    keys = {
        "ticket": "ticket_id",
        "case": "case_id",
        "catalogue": "version",
        "calendar": "year",
        "contact": "contact_id",
    }
    nothing = {
        "window": table_digest([], "window"),
        "help": table_digest([], "help_id"),
        "card": table_digest([], "card_id"),
    }
    expected = nothing | {entity: table_digest(rows, keys[entity]) for entity, rows in tables.items()}
    assert any_kit.replica.digest() == (7, expected)


def test_the_digest_leaves_out_old_tickets_that_nobody_sees_to(any_kit: Any, ticket: Any) -> None:
    old, held, fresh = (
        row_of(ticket("A001", business_date="2026-11-22")),
        row_of(ticket("A002", business_date="2026-11-22", state=TicketState.HELD)),
        row_of(ticket("A003", business_date="2026-11-23")),
    )
    any_kit.replica.replace({"ticket": [old, held, fresh]}, 7)
    assert any_kit.replica.digest("2026-11-23")[1]["ticket"] == table_digest([held, fresh], "ticket_id")
    assert any_kit.replica.digest()[1]["ticket"] == table_digest([old, held, fresh], "ticket_id")


def test_the_link_remembers_since_when_it_is_lost(any_kit: Any) -> None:
    began = any_kit.clock.now_ms()
    any_kit.replica.set_link(online=False)
    any_kit.clock.advance(5_000)
    any_kit.replica.set_link(online=False)
    assert any_kit.replica.offline_since() == began
    any_kit.replica.set_link(online=True)
    assert any_kit.replica.offline_since() is None


OVER = {"state": "delivered", "accepted_on": "2026-10-01"}


def case_row(case: Any, **changes: Any) -> Any:
    """Return the mirrored row of a case that this counter took in, or of another one like it."""
    return {each.name: getattr(case, each.name) for each in HALL_CASE.c} | {"state": case.state.value} | changes


@pytest.fixture
def own_case(any_kit: Any, clerk: Clerk, ready_card: Any) -> Any:
    """A case with a record here."""
    open_day(any_kit.store, any_kit.clock, clerk)
    walk_in(any_kit.store, any_kit.clock, clerk)
    return accept_case(any_kit.store, any_kit.clock, load_templates(), ready_card("ITM-02"), clerk).case


def test_what_is_over_for_long_counts_in_no_digest(any_kit: Any, own_case: Any) -> None:
    fresh, old = (
        case_row(own_case, case_id="fresh", case_no="f", state="delivered", accepted_on="2026-10-24"),
        case_row(own_case, case_id="old", case_no="o", **OVER),
    )
    any_kit.replica.replace({"case": [fresh, old]}, 7)
    assert any_kit.replica.digest("2026-11-23", "2026-10-24")[1]["case"] == table_digest([fresh], "case_id")
    assert any_kit.replica.digest("2026-11-23")[1]["case"] == table_digest([fresh, old], "case_id")


def test_what_does_not_count_is_forgotten_unless_a_record_follows_it(any_kit: Any, own_case: Any, ticket: Any) -> None:
    others, own = case_row(own_case, case_id="another", case_no="a", **OVER), case_row(own_case, **OVER)
    called, gone = (
        row_of(ticket("A001", business_date="2026-11-20", state=TicketState.CALLED)),
        row_of(ticket("A002", business_date="2026-11-20", state=TicketState.DONE)),
    )
    any_kit.replica.replace({"case": [others, own], "ticket": [called, gone]}, 7)
    written = any_kit.database.written
    any_kit.replica.prune("2026-11-20", "2026-10-01")
    assert any_kit.database.written == written, "all of it counts"
    any_kit.replica.prune("2026-11-23", "2026-10-24")
    _, tables = any_kit.replica.digest()
    assert tables["case"] == table_digest([own], "case_id")
    assert tables["ticket"] == table_digest([called], "ticket_id")


def test_a_store_follows_the_cases_it_has_records_of(any_kit: Any, own_case: Any) -> None:
    assert any_kit.replica.followed(10) == ([own_case.case_id], [])
    assert any_kit.replica.followed(0) == ([], [])
    any_kit.replica.replace({"case": [case_row(own_case, rev=9, **OVER)]}, 7)
    with any_kit.store.read() as view:
        held = view.case(own_case.case_id)
    assert (held.state.value, held.rev) == ("delivered", 9)


def test_what_waits_for_a_person_is_followed_first_then_what_goes_on(any_kit: Any, own_case: Any, clerk: Clerk) -> None:
    """Where there are more records than may be named, the newest ones that are over are left out."""

    def another(case_id: str, state: CaseState = own_case.state) -> Any:
        return replace(own_case, case_id=case_id, case_no=case_id, doc_no=case_id, state=state)

    older, over, parked = another("0"), another("9", CaseState.DELIVERED), another("1", CaseState.DELIVERED)
    with any_kit.store.begin() as work:
        for each in (older, over, parked):
            work.put_case(each)
        draft = OperationDraft("case.delivered", "case", parked.case_id, {}, clerk.at("A01"))
        told = work.append(draft)
    any_kit.replica.acknowledge(told.seq, {told.seq: "stale_rev"})
    cases, _ = any_kit.replica.followed(10)
    assert cases == [parked.case_id, own_case.case_id, older.case_id, over.case_id]
    assert any_kit.replica.followed(2)[0] == cases[:2]
