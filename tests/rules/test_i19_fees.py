"""I19 收费按标准、不得搭车收费、不得随意减免规费: every amount comes from a published rule, and no field takes one."""

from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import accept
from living_counter import Key, Living
from papers import paper_of, words_of
from pressing import pressed, publish
from published_hall import changed, item
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

FEE = {"id": "F1", "name": "许可证工本费", "fen": 1050, "per": "本", "basis": "示价费〔2026〕1号"}


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with pressed(qtbot, kit, clerk, queue(ticket("A012"))) as opened:
        yield opened


def charges(document: Any) -> None:
    """The food licence costs what one rule says."""
    item(document, "ITM-02")["fee"].update(charge=True, rules=[dict(FEE)])


def test_i19_a_free_item_says_so_on_paper(counter: Living) -> None:
    """I19: fee-free items print “不收费”."""
    accept(counter)
    assert "不收费" in words_of(paper_of(counter))


def test_i19_the_amount_on_paper_is_the_rules(counter: Living, published_tables: Any) -> None:
    """I19: the amount is computed from the fee catalogue: integer fen of the published version."""
    publish(counter, published_tables, charges)
    counter.until(lambda: counter.state.catalogue is not None and counter.state.catalogue.version == 2)
    accept(counter)
    words = words_of(paper_of(counter))
    assert "许可证工本费10.5" in words
    assert "不收费" not in words
    assert counter.state.issued is not None
    assert counter.state.issued.catalogue_version == 2


def test_i19_no_field_takes_an_amount(counter: Living, published_tables: Any) -> None:
    """I19: typing an amount is impossible: whatever the page lets the clerk write is a field of the published form."""
    publish(counter, published_tables, charges)
    counter.until(lambda: counter.state.catalogue is not None and counter.state.catalogue.version == 2)
    counter.press(Key.Key_F2, Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "serving")
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_Plus)
    assert counter.window.findChildren(QAbstractSpinBox) == []
    writable = [each for each in counter.window.findChildren(QLineEdit) if each.isVisible() and not each.isReadOnly()]
    names = {each.objectName().rpartition("__")[2].rpartition("field_")[2] for each in writable}
    assert names
    assert not any("fee" in name or "amount" in name for name in names)
    card = counter.state.card
    assert card is not None
    assert card.item is not None
    assert not any(word in str(each) for each in card.item.form.fields for word in ("费", "金额"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda fee: fee.update(charge=True), "gate_fee_rules"),
        (lambda fee: fee.update(rules=[FEE]), "gate_fee_rules"),
        (lambda fee: fee.update(basis="另收服务费50元"), "gate_amount_outside_fee_rule"),
    ],
)
def test_i19_no_version_charges_beside_its_rules(catalogue_hall: Any, change: Any, code: str) -> None:
    """I19: no fee without a rule, no rule where nothing is charged, no amount in any other printed text."""
    answer = catalogue_hall.submit(changed(lambda document: change(item(document, "ITM-02")["fee"])))
    assert answer.status_code == 422
    assert code in {each["code"] for each in answer.json()["problems"]}


@pytest.mark.parametrize("fen", ["10.5", 10.5, -100, None])
def test_i19_an_amount_is_whole_fen(catalogue_hall: Any, fen: Any) -> None:
    """An amount of a rule is a whole number of fen, and nothing else is let in."""

    def free(document: Any) -> None:
        charges(document)
        item(document, "ITM-02")["fee"]["rules"][0]["fen"] = fen

    answer = catalogue_hall.submit(changed(free))
    assert answer.status_code == 422
    assert any("fen" in each["path"] for each in answer.json()["problems"])
