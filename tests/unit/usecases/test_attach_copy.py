"""A scanned copy and its operation are one commit, at the citizen's visit and at no other."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.rights import Role
from app.domain.scanned_copy import MOST_OF_A_MATERIAL, CopyKind, CopyPlace, ScannedCopy
from app.storage.messages import sentence
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.attach_copy import attach_copy
from app.usecases.end_visit import answer_question
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day

PAGE = b"\xff\xd8\xff a page \xff\xd9"
DAY_MS = 24 * 3_600_000


def visit_of(kit: Any) -> str:
    with kit.store.read() as view:
        visit = view.open_visit()
    assert visit is not None
    return str(visit.visit_id)


def attach(kit: Any, clerk: Clerk, content: bytes = PAGE, *, visit: str = "", material: str = "M-1") -> Any:
    place = CopyPlace(visit or visit_of(kit), material)
    return attach_copy(kit.store, kit.clock, place, CopyKind.JPEG, content, by=clerk)


def refused(reason: ActRefusal, kit: Any, clerk: Clerk, **more: Any) -> None:
    before = len(kit.operations())
    with pytest.raises(ActRefused) as caught:
        attach(kit, clerk, **more)
    assert (caught.value.reason, len(kit.operations())) == (reason, before)
    assert sentence(reason.value)


def test_bytes_and_operation_are_one_commit(serving_kit: Any, clerk: Clerk, commits: Any) -> None:
    visit = visit_of(serving_kit)
    with commits(serving_kit.database) as seen:
        copy = attach(serving_kit, clerk, visit=visit)
    assert len(seen) == 1
    said = serving_kit.operations()[-1]
    assert (said.kind, said.entity, said.entity_id) == ("copy.attached", "copy", copy.copy_id)
    assert said.payload == {
        "visit_id": visit,
        "material_id": "M-1",
        "kind": "jpg",
        "size": len(PAGE),
        "sha256": copy.sha256,
    }
    with serving_kit.store.read() as view:
        assert view.copies_of(copy.visit_id) == [copy]
        assert view.copy_content(copy.copy_id) == PAGE
        assert view.copy_counts(copy.visit_id) == {"M-1": 1}


def test_the_same_page_is_kept_once_a_material(serving_kit: Any, clerk: Clerk) -> None:
    attach(serving_kit, clerk)
    refused(ActRefusal.COPY_TWICE, serving_kit, clerk)
    attach(serving_kit, clerk, material="M-2")
    copy = attach(serving_kit, clerk, b"another")
    with serving_kit.store.read() as view:
        assert view.copy_counts(copy.visit_id) == {"M-1": 2, "M-2": 1}


def test_a_material_has_a_limit(serving_kit: Any, clerk: Clerk) -> None:
    for page in range(MOST_OF_A_MATERIAL):
        attach(serving_kit, clerk, bytes([page]))
    refused(ActRefusal.COPY_TOO_MANY, serving_kit, clerk)


def test_a_copy_that_comes_after_its_citizen_left_is_refused(serving_kit: Any, clerk: Clerk) -> None:
    refused(ActRefusal.COPY_TOO_LATE, serving_kit, clerk, visit="of somebody else")
    visit = visit_of(serving_kit)
    answer_question(serving_kit.store, serving_kit.clock, clerk)
    refused(ActRefusal.NO_VISIT, serving_kit, clerk, visit=visit)


def test_only_a_clerk_attaches(serving_kit: Any, clerk: Clerk) -> None:
    guide = replace(clerk, roles=frozenset({Role.GUIDE}))
    refused(ActRefusal.NOT_ALLOWED, serving_kit, guide)


def test_copies_of_a_visit_without_a_case_are_gone_the_next_day(serving_kit: Any, clerk: Clerk) -> None:
    copy = attach(serving_kit, clerk)
    answer_question(serving_kit.store, serving_kit.clock, clerk)
    serving_kit.clock.advance(DAY_MS)
    open_day(serving_kit.store, serving_kit.clock, clerk)
    with serving_kit.store.read() as view:
        assert view.copies_of(copy.visit_id) == []


def test_copies_of_a_case_stay_with_it(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> None:
    copy = attach(serving_kit, clerk)
    accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    late = attach(serving_kit, clerk, b"a page that was on its way", visit=copy.visit_id)
    finish_visit(serving_kit.store, serving_kit.clock, clerk)
    serving_kit.clock.advance(DAY_MS)
    open_day(serving_kit.store, serving_kit.clock, clerk)
    with serving_kit.store.read() as view:
        assert {each.copy_id for each in view.copies_of(copy.visit_id)} == {copy.copy_id, late.copy_id}
        assert view.copy_content(copy.copy_id) == PAGE


def test_the_bytes_lie_encrypted_on_the_disk(file_kit: Any, tmp_path: Path) -> None:
    with file_kit.store.begin() as work:
        copy = ScannedCopy("copy-1", "visit-1", "M-1", CopyKind.JPEG, len(PAGE), "0" * 64, 0, "0301")
        work.put_copy(copy, PAGE)
    assert all(PAGE not in each.read_bytes() for each in tmp_path.iterdir())
    with file_kit.store.read() as view:
        assert view.copy_content("copy-1") == PAGE
