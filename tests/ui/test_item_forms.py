"""The twelve forms: each can be filled by keyboard to valid, brings in who is known, and prints its slip."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from living_counter import Living, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.catalogue.catalogue import Catalogue
from app.domain.organisation import Organisation
from app.domain.paper.blocks import Document
from app.domain.person import Slot
from app.domain.work.card import WorkCard
from app.storage.slip_files import load_templates
from app.usecases.open_day import open_day
from app.usecases.preview_slip import preview_slip

Key = Qt.Key
USCC = "91990101MA0DEM101A"
ITEMS = [f"ITM-{n:02}" for n in range(1, 13)]
WINDOWS = dict(
    zip(ITEMS, ("A01", "A01", "B05", "B01", "B01", "B01", "B01", "A07", "B01", "E01", "E01", "E01"), strict=True)
)
WRITTEN = {
    "trade_name": "示范县某某小吃店",
    "business_scope": "餐饮服务",
    "capital": "5.50",
    "operator_name": "示范县某某小吃店",
    "food_projects": "热食类食品制售",
    "phone": "15400000001",
    "residence": "示范县东街道3号",
    "moved_in": "2026-01-31",
    "spouse_name": "孙某某",
    "spouse_number": "990101197808250049",
    "family_size": "3",
    "reason": "家庭收入低于标准",
    "org_name": "示范货运有限公司",
    "org_uscc": USCC,
    "project_name": "示范路道路工程",
    "project_address": "示范县人民路",
    "floor_area": "1200.50",
    "contractor": "示范建设有限公司",
    "period_days": "180",
    "investment": "1200",
}
"""What a clerk types into the fields that nothing brings in; a field that is not here would be new."""


@pytest.fixture
def counter(
    *, qtbot: QtBot, clock: Any, kit: Any, clerk: Any, queue: Any, ticket: Any, citizen: Any
) -> Iterator[Living]:
    with living(qtbot, clock, kit, everywhere(clerk), authority=queue(ticket("A012"))) as opened:
        opened.press(Key.Key_F2)
        opened.until(lambda: opened.window.property("uiState") == "calling")
        opened.press(Key.Key_Return)
        opened.until(lambda: opened.window.property("uiState") == "serving")
        opened.presenter.change_card(lambda card: card.seat(citizen))
        yield opened


def test_every_form_is_filled_by_keyboard_to_valid(counter: Living) -> None:
    for item in counter.state.catalogue.items.values():
        counter.presenter.change_card(lambda card, item=item: card.choose_found(item))
        if item.situations:
            counter.press(Key.Key_Return)
        counter.press(Key.Key_Plus)
        fill(counter)
        assert counter.state.card.form.problems() == (), item.name
        counter.presenter.change_card(lambda card: replace(card, typed={}))


def fill(counter: Living) -> None:
    """Enter leads from one field that wants something to the next; nothing else is touched."""
    assert counter.window.property("currentSection") in (4, 5)
    wanted = [each.name for each in counter.state.card.form.to_fill()]
    for name in wanted:
        assert counter.focus == f"work_form_field__{name}"
        counter.write(WRITTEN[name])
        counter.press(Key.Key_Return)


def test_a_wrong_value_says_how_to_write_it(counter: Living) -> None:
    counter.presenter.change_card(lambda card: card.choose_found(counter.state.catalogue.items["ITM-03"]))
    counter.press(Key.Key_Return, Key.Key_Plus)
    counter.write("示范县东街道3号")
    counter.press(Key.Key_Return)
    counter.write("2026-02-30")
    view = counter.window._view.centre.sections[3].body
    assert [each.error for each in view.fields if each.error] == ["日期写成 2026-03-07 这样"]
    QApplication.focusWidget().clear()
    counter.write("2026-02-28")
    assert counter.state.card.form.problems() == ()


def filled(catalogue: Catalogue, citizen: Any, item_id: str) -> WorkCard:
    item = catalogue.items[item_id]
    card = WorkCard(None, "A012", "A", catalogue.version, (item,)).choose_item(item_id)
    card = card.seat(citizen).accept_answers().mark_rest_ok()
    for each in card.form.to_fill():
        card = card.fill(each.name, WRITTEN[each.name])
    return card.finish_form()


def test_every_item_prints_its_slip(kit: Any, clerk: Any, citizen: Any) -> None:
    counter = kit.replica.counter()
    open_day(kit.store, kit.clock, clerk)
    with kit.store.read() as view:
        catalogue = view.catalogue()
    for item_id, window in WINDOWS.items():
        kit.replica.register(replace(counter, window=window), "server-1")
        document = preview_slip(kit.store, kit.clock, load_templates(), filled(catalogue, citizen, item_id), clerk)
        assert isinstance(document, Document), item_id
        assert catalogue.items[item_id].name in str(document.blocks)


def test_what_is_known_of_who_sits_here_stands_in_the_form(kit: Any, citizen: Any) -> None:
    with kit.store.read() as view:
        catalogue = view.catalogue()
    for item_id in ITEMS:
        known_in_the_form_of(catalogue, item_id, citizen)


def known_in_the_form_of(catalogue: Catalogue, item_id: str, citizen: Any) -> None:
    card = WorkCard(None, "A012", "A", 1, (catalogue.items[item_id],)).choose_item(item_id).seat(citizen)
    card = card.seat(citizen, Slot.GUARDIAN).seat_organisation(Organisation("示范货运有限公司", USCC, 1))
    known = {
        "applicant.name": "陈某某",
        "applicant.number": citizen.number,
        "applicant.phone": citizen.phone,
        "applicant.address": citizen.address,
        "guardian.name": "陈某某",
        "organisation.name": "示范货运有限公司",
        "organisation.uscc": USCC,
    }
    brought = {each.prefill: card.form.value(each) for each in card.form.form.fields if each.prefill in known}
    assert brought
    assert brought == {key: known[key] for key in brought}


def test_every_pattern_says_how_to_write_the_value(kit: Any) -> None:
    with kit.store.read() as view:
        items = view.catalogue().items.values()
    for item in items:
        assert 5 <= len(item.form.fields) <= 16, item.name
        for each in item.form.fields:
            assert each.help or not (each.pattern or each.check), (item.name, each.name)
