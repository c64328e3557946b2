"""撤回: the applicant takes an open application back; SL-08, the record of every return (domain rule I04)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.handed_in import handed_in
from app.domain.receipt import common_fields, date_words, moment_words
from app.domain.work.ending import WithdrawReason

WITHDRAWAL_SLIP = "SL-08"
CATEGORY = "申请人撤回"

REASONS: Mapping[WithdrawReason, str] = {
    WithdrawReason.NOT_NEEDED: "申请人不再需要办理，自愿撤回申请。",
    WithdrawReason.ELSEWHERE: "申请人提出改在别处办理，自愿撤回申请。",
    WithdrawReason.LATER: "申请人提出以后再办，自愿撤回申请。",
    WithdrawReason.UNSAID: "申请人自愿撤回申请。",
}
"""The words on the paper."""

_NOT_ON_IT = frozenset({"basis", "m_count", "dept_tel", "hall_tel"})
_UNSOLVED_KIND = "办不成事"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Number of the return, why, and when (UTC milliseconds)."""

    no: str
    reason: WithdrawReason
    at_ms: int


def return_number(today: date, counter: str, sequence: int) -> str:
    """Return ``TJ20261123-0003-0003``: counter 0003's third of the day, so that it can be given without a server."""
    return f"TJ{today:%Y%m%d}-{counter}-{sequence:04}"


def return_series(today: date) -> str:
    """Return the name of the series of a day's numbers."""
    return f"return/{today:%Y%m%d}"


def withdrawal_fields(case: Case, item: Item, catalogue: Catalogue, withdrawal: Withdrawal) -> dict[str, object]:
    """Return the fields of SL-08."""
    return {
        **return_paper(case, item, catalogue, no=withdrawal.no, at_ms=withdrawal.at_ms),
        "category": CATEGORY,
        "reason": REASONS[withdrawal.reason],
        "basis": f"申请人撤回申请书（{date_words(moment_words(withdrawal.at_ms)[:10])}）",
        "next_step": "需要办理时可以重新申请。",
        "remedy": "撤回不影响您以后再次申请。",
        "reviewer": "撤回不需复核",
    }


def return_paper(case: Case, item: Item, catalogue: Catalogue, *, no: str, at_ms: int) -> dict[str, object]:
    """Return the fields that every SL-08 has, whyever the application goes back."""
    common = common_fields(case, item, catalogue)
    return {
        **{name: each for name, each in common.items() if name not in _NOT_ON_IT},
        "hall": catalogue.center.name,
        "no": no,
        "now": moment_words(at_ms),
        "materials": handed_in(case, item),
        "nb_window": _unsolved_window(catalogue),
    }


def _unsolved_window(catalogue: Catalogue) -> str:
    """Return the window for what could not be done; the centre's telephone where there is none."""
    found = (f"{each.zone}{each.number}" for each in catalogue.windows.values() if _UNSOLVED_KIND in each.kind)
    return next(found, catalogue.center.hall_tel)
