"""收费 on the screen: which case, which published waiver, the pieces of each rule and the receipt (domain rule I19)."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.domain.case import Case, CaseState
from app.domain.catalogue.item import FeeRule, Item
from app.domain.masking import mask_name
from app.domain.payment import PaymentFault, PaymentImpossible, full_amount, owes, waived, yuan
from ui.screens.consent.view_model import ConsentView
from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import KeyState
from ui.screens.fee.state import FeeState
from ui.screens.service.view_model import ServiceView
from ui.texts import text
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tone
from ui.widgets.work_views import EndingFormView, FieldKind, FieldView

SHOWN: Final = 6
"""As many as the pane has room for in the smallest window."""
RECEIPT: Final = "receipt_no"
PROOF: Final = "proof"
_COUNT = "pieces_"
_ICON = "ph.receipt"


def unpaid(state: CounterState) -> tuple[Case, ...]:
    """Return the cases a fee is taken for here: the one whose paper the citizen holds, else those that wait."""
    case = state.issued
    if case is not None:
        here: tuple[Case, ...] = (case,) if case.state is not CaseState.RECEIVED and paper_given(state) else ()
    else:
        here = state.pickup
    return tuple(each for each in here if (item := item_of(state, each)) is not None and owes(each, item))


def item_of(state: CounterState, case: Case) -> Item | None:
    """Return the item of a case as it is published."""
    return state.catalogue.items.get(case.item_id) if state.catalogue is not None else None


def fee_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return Ctrl+M where a fee is to be taken."""
    return (KeyState("act_fee"),) if unpaid(state) else ()


def which_question(cases: Sequence[Case]) -> FaultView:
    """Return the list with its digits."""
    options = tuple(FaultOption(f"{_applicant(each)}　{each.item_name}", each.case_no, "收费") for each in cases)
    return FaultView(_ICON, "给哪一件收费？", "", options, Tone.PRI)


def waiver_question(item: Item) -> FaultView:
    """Return the question about a waiver: nothing but what is published can be chosen."""
    none = FaultOption("不减免", "按标准收", "收费")
    options = tuple(
        FaultOption(each.name, f"减{each.percent}%，凭证明，要值班经理到场", "减免") for each in item.fee_waivers
    )
    return FaultView(_ICON, "有减免吗？", "只有公布的减免规则", (none, *options), Tone.PRI)


def usual(item: Item) -> dict[str, str]:
    """Return what stands in the fields before anything is typed: one piece where there is one rule."""
    single = len(item.fee.rules) == 1
    return {field_of(each): "1" if single else "0" for each in item.fee.rules}


def field_of(rule: FeeRule) -> str:
    """Return the name of the field that counts the pieces of a rule."""
    return f"{_COUNT}{rule.id}"


def fields_of(fee: FeeState) -> tuple[str, ...]:
    """Return the names of the fields."""
    proof = (PROOF,) if fee.waiver is not None else ()
    return (*(field_of(each) for each in fee.item.fee.rules), *proof, RECEIPT)


def pieces_of(fee: FeeState) -> Mapping[str, int]:
    """Return the counted pieces.

    Raises:
        PaymentImpossible: what was typed is no number.
    """
    typed = {each.id: fee.values.get(field_of(each), "").strip() or "0" for each in fee.item.fee.rules}
    if not all(each.isascii() and each.isdigit() for each in typed.values()):
        raise PaymentImpossible(PaymentFault.BAD_COUNT)
    return {key: int(each) for key, each in typed.items()}


def fee_view(state: CounterState, fee: FeeState) -> ServiceView | ConsentView:
    """Return the page, or that of the second person."""
    amount = _amount(fee)
    if fee.second:
        waiver = fee.waiver.name if fee.waiver is not None else ""
        return ConsentView(
            title="减免要第二个人看过证明",
            facts=(("减免", waiver), ("证明", fee.values.get(PROOF, "")), ("实收", amount)),
            note="记入收费台账。按 Esc 返回。",
            error=text(fee.error) if fee.error else "",
            busy=fee.checking,
        )
    waived_by = (("减免", fee.waiver.name),) if fee.waiver is not None else ()
    return ServiceView(
        title="收费",
        facts=(("申请人", _applicant(fee.case)), ("办件编号", fee.case.case_no), *waived_by, ("应收", amount)),
        form=EndingFormView("按标准点件数，金额由标准算出", tuple(_fields(fee))),
        note="没有可以填的金额。按 Esc 返回。",
        action="记下收费",
        error=text(fee.error) if fee.error else "",
        busy=state.busy,
    )


def _fields(fee: FeeState) -> list[FieldView]:
    counted = [
        FieldView(
            name=field_of(each),
            label=f"{each.name}（{yuan(each.fen)}元／{each.per}）",
            value=fee.values.get(field_of(each), ""),
            kind=FieldKind.DIGITS,
            required=True,
            unit=each.per,
        )
        for each in fee.item.fee.rules
    ]
    proof = FieldView(name=PROOF, label="减免证明", value=fee.values.get(PROOF, ""), required=True)
    free = fee.waiver is not None and _fen(fee) == 0
    receipt = FieldView(
        name=RECEIPT,
        label="非税票据号",
        value=fee.values.get(RECEIPT, ""),
        kind=FieldKind.IDENTITY,
        required=not free,
        placeholder="全免的可以不填" if free else "",
    )
    return [*counted, *((proof,) if fee.waiver is not None else ()), receipt]


def _fen(fee: FeeState) -> int | None:
    try:
        return waived(full_amount(fee.item, pieces_of(fee)), fee.waiver)
    except PaymentImpossible:
        return None


def _amount(fee: FeeState) -> str:
    fen = _fen(fee)
    return "请填件数" if fen is None else f"{yuan(fen)}元"


def _applicant(case: Case) -> str:
    return mask_name(str(case.applicant.get("name", "")))
