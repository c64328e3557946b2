"""Searching a hall's cases: found by the words of the F7 box, masked, by who may, and never in silence."""

import json
from typing import Any

import pytest

from app.domain.rights import RIGHTS, Act, Role
from sync.protocol.case_messages import SearchCases
from sync.protocol.interface import Refused
from sync.server.service.caller import Caller
from sync.server.service.index_cases import index_missing
from sync.server.service.search_cases import MOST_HITS, search_cases, see_case
from sync.server.storage import case_words
from sync.server.storage.search_tables import case_access, case_word

CLERK = Caller("9901", frozenset({Role.CLERK}), clerk="0301")
ZHANG = {"name": "张三", "number": "990101199001010018", "phone": "15400000001"}


class Archive:
    """A hall with cases, and a clerk who searches in it."""

    def __init__(self, hall: Any) -> None:
        self.hall, self.context = hall, hall.service.context
        self.counter = hall.counter("A01")

    def take_in(self, sequence: int, **more: Any) -> str:
        case_id = f"case-{sequence:04d}"
        pushed = self.counter.push(self.counter.accepted(case_id=case_id, sequence=sequence, **more))
        assert pushed.results[0].status == "applied"
        return case_id

    def ask(self, typed: str, caller: Caller = CLERK) -> list[str]:
        return [each.case_id for each in self.found(typed, caller).hits]

    def found(self, typed: str, caller: Caller = CLERK) -> Any:
        return search_cases(self.context, caller, "9901", SearchCases(words=typed.split()))

    def rows(self, table: Any) -> list[Any]:
        with self.context.storage.engine.connect() as connection:
            return list(connection.execute(table.select()))


@pytest.fixture
def archive(hall: Any) -> Archive:
    return Archive(hall)


def test_a_case_is_found_by_what_the_box_takes(archive: Archive) -> None:
    archive.take_in(1, applicant=ZHANG)
    archive.take_in(2, applicant={"name": "李四", "number": "990101199001012222"}, item_name="户外广告")
    for typed in ("z 1123", "zs spjyxk", "0018 sp", "0001 zs", "11230001", "99010001", "zs 0018", "2026 00"):
        first = archive.found(typed).hits[-1]
        assert (first.case_id, first.name, first.tail) == ("case-0001", "张*", "0018"), typed
        assert (first.item, first.window, first.clerk, first.state) == ("食品经营许可", "A01", "0301", "accepted")


def test_the_newest_come_first_and_no_more_than_anybody_reads(archive: Archive) -> None:
    for sequence in range(1, MOST_HITS + 3):
        archive.take_in(sequence, applicant=ZHANG)
    found = archive.found("zs 2026")
    assert len(found.hits) == MOST_HITS
    assert found.more
    assert found.hits[0].case_id == f"case-{MOST_HITS + 2:04d}"


def test_common_words_walk_the_cases_and_find_the_same(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for sequence in range(1, 9):
        archive.take_in(sequence, applicant=ZHANG if sequence % 2 else {"name": "李四", "number": "1"})
    found = archive.ask("zs 9901")
    monkeypatch.setattr(case_words, "SELECTIVE", 2)
    assert archive.ask("zs 9901") == found == [f"case-{each:04d}" for each in (7, 5, 3, 1)]


def test_a_look_shows_more_but_masked(archive: Archive) -> None:
    case_id = archive.take_in(1, applicant=ZHANG, verdicts={"M1": {"verdict": "ok"}, "M2": {"verdict": "missing"}})
    seen = see_case(archive.context, CLERK, "9901", case_id)
    assert (seen.number, seen.phone, seen.materials) == ("990***********0018", "154****0001", 1)
    with pytest.raises(Refused, match="not_found"):
        see_case(archive.context, CLERK, "9901", "case-9999")


def test_every_search_and_look_is_kept_with_what_was_asked_sealed(archive: Archive) -> None:
    case_id = archive.take_in(1, applicant=ZHANG)
    archive.found("zs 0018")
    see_case(archive.context, CLERK, "9901", case_id)
    search, view = archive.rows(case_access)
    assert (search.clerk, search.act, search.case_id, search.hits) == ("0301", "search", None, 1)
    assert (view.clerk, view.act, view.case_id) == ("0301", "view", case_id)
    opened = archive.context.cipher.open(search.sealed, f"access/9901/{search.access_id}")
    assert json.loads(opened) == ["zs", "0018"]
    assert b"0018" not in search.sealed


def test_nothing_of_a_person_stands_in_clear_in_the_index(archive: Archive) -> None:
    archive.take_in(1, applicant=ZHANG, agent={"name": "王五", "number": "990101199001019876", "phone": None})
    words = [bytes(each.word) for each in archive.rows(case_word)]
    clear = [each[1:] for each in words if each[:1] == b"\x00"]
    assert b"spjyxk" in clear
    for part in (b"zs", b"ww", b"0001", b"9876", "张".encode()):
        assert not any(each == part for each in clear)
    assert all(len(each) == 17 for each in words if each[:1] == b"\x01")
    assert archive.ask("ww 9876") == ["case-0001"]


def test_a_case_that_changes_is_found_by_what_it_is_now(archive: Archive) -> None:
    archive.take_in(1, applicant=ZHANG)
    payload = archive.counter.case_payload("case-0001", 1, rev=2, applicant={"name": "赵六", "number": ZHANG["number"]})
    corrected = {**payload, "correction": {"reason": "person", "slip": "SL-05", "nth": 1}}
    pushed = archive.counter.push(
        archive.counter.operation("case.corrected", "case", "case-0001", corrected, base_rev=1)
    )
    assert pushed.results[0].status == "applied", pushed
    assert archive.ask("zl 0018") == ["case-0001"]
    assert archive.ask("zs 0018") == []


def test_persons_are_not_browsed(archive: Archive) -> None:
    for typed in ("", "z", "001", "张 三", "!"):
        with pytest.raises(Refused, match="malformed"):
            archive.found(typed)


def test_only_persons_with_the_right_search_and_only_their_own_hall(archive: Archive) -> None:
    archive.take_in(1, applicant=ZHANG)
    for role in Role:
        matches_the_table(archive, role)


def matches_the_table(archive: Archive, role: Role) -> None:
    person = Caller("9901", frozenset({role}), clerk="0999")
    if role in RIGHTS[Act.SEARCH_CASES]:
        assert archive.ask("zs 0018", person) == ["case-0001"]
    else:
        with pytest.raises(Refused, match="forbidden"):
            archive.ask("zs 0018", person)
    with pytest.raises(Refused, match="forbidden"):
        archive.ask("zs 0018", Caller("9901", frozenset({role}), device="manager"))
    with pytest.raises(Refused):
        search_cases(archive.context, person, "9902", SearchCases(words=["zs", "0018"]))


def test_cases_of_before_the_index_are_indexed_at_the_start(archive: Archive) -> None:
    archive.take_in(1, applicant=ZHANG)
    with archive.context.storage.engine.begin() as connection:
        connection.execute(case_word.delete())
    assert archive.ask("zs 0018") == []
    assert index_missing(archive.context) == 1
    assert index_missing(archive.context) == 0
    assert archive.ask("zs 0018") == ["case-0001"]
