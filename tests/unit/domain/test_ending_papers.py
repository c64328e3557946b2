"""The papers of the endings in their rarer variants, what the screen shows of them; every code has a sentence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from app.domain.case import Case, CaseEvent, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.correction import CorrectionReason, VoidReason
from app.domain.first_contact import ACTIONS, AnswerDue, ContactAction, answer_by
from app.domain.intake import Counting, Numbers, taken_in
from app.domain.paper.blocks import Paragraph, Wrapped
from app.domain.paper.fill import fill
from app.domain.paper.masking import masked_document
from app.domain.person import Person
from app.domain.refusal_grounds import basis_of, grounds
from app.domain.refusal_paper import refusal_fields, refusal_of
from app.domain.withdrawal import REASONS, Withdrawal, withdrawal_fields
from app.domain.work.card import WorkCard
from app.domain.work.ending import LeaveReason, Print, WithdrawReason
from app.domain.work.refusal import WorkRefusal
from app.storage.calendar_file import load_calendar
from app.storage.messages import sentence as text
from app.storage.slip_files import load_templates
from app.usecases.acting import ActRefusal

CALENDAR = load_calendar(Path(__file__).parents[3] / "resources" / "calendar")
MONDAY = date(2026, 11, 23)
NUMBERS = Numbers("c", "9901-0003-20261123-0001-0", "示老优不受〔2026〕0003-0001号", "K7M2", "t")

Refused = Callable[[str], Case]


@pytest.fixture
def refused(demo_catalogue: Catalogue, citizen: Person) -> Refused:
    """Return the case of an item that was refused before any paper was laid on the desk."""

    def make(item_id: str) -> Case:
        card = WorkCard(None, "B012", "B", 1, (demo_catalogue.items[item_id],)).accept_item().seat(citizen)
        at = Counting("9901", "9901", "0003", "B01", "0311", MONDAY, 1_795_395_600_000, CALENDAR)
        return taken_in(card, CaseEvent.REFUSE, NUMBERS, at, None)

    return make


def test_what_is_no_licence_cites_its_own_law(demo_catalogue: Catalogue, refused: Refused) -> None:
    item, case = demo_catalogue.items["ITM-05"], refused("ITM-05")
    [ground] = grounds(item, {})
    basis = basis_of(ground, ground.cases[0], demo_catalogue, MONDAY)
    refusal = refusal_of(ground, ground.cases[0], basis, reason="您今年五十八岁！", office="", phoned=None)
    document = fill(load_templates()["SL-07"], refusal_fields(case, item, demo_catalogue, refusal))
    running = [each.text for each in document.blocks if isinstance(each, Paragraph)]
    assert running == [
        "您（单位）于2026年11月23日提出的老年人优待证办理申请收悉。经审查：您今年五十八岁！",
        "根据《中华人民共和国老年人权益保障法》第二条的规定，决定不予受理。",
        "年满六十周岁以后，请带身份证再来申领。",
    ]


def test_where_nothing_was_handed_in_nothing_is_returned(demo_catalogue: Catalogue, refused: Refused) -> None:
    item = demo_catalogue.items["ITM-05"]
    withdrawal = Withdrawal("TJ20261123-0003-0001", WithdrawReason.UNSAID, 1_795_395_600_000)
    case = replace(refused("ITM-05"), state=CaseState.WITHDRAWN)
    document = fill(load_templates()["SL-08"], withdrawal_fields(case, item, demo_catalogue, withdrawal))
    assert Wrapped("退还材料：没有收取材料") in document.blocks


def test_a_paper_on_the_screen_hides_every_name(demo_catalogue: Catalogue, refused: Refused) -> None:
    item, case = demo_catalogue.items["ITM-05"], refused("ITM-05")
    withdrawal = Withdrawal("TJ20261123-0003-0001", WithdrawReason.UNSAID, 1_795_395_600_000)
    document = fill(load_templates()["SL-08"], withdrawal_fields(case, item, demo_catalogue, withdrawal))
    shown = masked_document(document, ["陈某某"])
    words = [str(getattr(each, name)) for each in shown.blocks for name in each.__slots__]
    assert "陈**" in words
    assert not any("陈某某" in each for each in words)
    assert len(shown.blocks) == len(document.blocks)


@pytest.mark.parametrize(("due", "day"), [("today", 23), ("one", 24), ("three", 26), ("five", 30)])
def test_answers_are_due_in_working_days(due: str, day: int) -> None:
    assert answer_by(AnswerDue(due), MONDAY, CALENDAR) == date(2026, 11, day)


def test_every_choice_that_is_printed_has_its_words() -> None:
    assert set(ACTIONS) == set(ContactAction)
    assert set(REASONS) == set(WithdrawReason)


@pytest.mark.parametrize(
    ("prefix", "codes"),
    [
        ("", WorkRefusal),
        ("", ActRefusal),
        ("left_", LeaveReason),
        ("print_", Print),
        ("withdraw_", WithdrawReason),
        ("contact_", ContactAction),
        ("due_", AnswerDue),
        ("correct_", CorrectionReason),
        ("void_", VoidReason),
        ("case_", CaseState),
    ],
)
def test_every_code_has_a_sentence(prefix: str, codes: type[StrEnum]) -> None:
    assert all(text(f"{prefix}{each.value}") for each in codes)
    assert text("result_handed_out")
