"""The words of the rating slip (评价二维码单, SL-13, slips.md): five grades, voluntary, one rating for one service."""

from datetime import datetime

from app.domain.business_day import CHINA
from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.rating import VALID_MS
from app.domain.receipt import date_words
from app.domain.supervision import CardRule

RATING_SLIP = "SL-13"


def rating_fields(case: Case, catalogue: Catalogue, *, window: str, clerk: str, now_ms: int) -> dict[str, object]:
    """Return the fields of SL-13; its code is the one on the case's own paper, and holds as long as that one."""
    item, rules = catalogue.items[case.item_id], catalogue.cards.rules
    return {
        "hall": catalogue.center.name,
        "item": item.name,
        "window": window,
        "clerk_no": clerk,
        "now": f"{_at(now_ms):%Y-%m-%d %H:%M}",
        "case_tail": f"办件尾号{case.case_no.split('-')[-2]}",
        "qr": f"ZW1R:{case.rating_token}",
        "contact_days": rules[CardRule.RATING_CONTACT].amount,
        "fix_days": rules[CardRule.RATING_FEEDBACK].amount,
        "valid_until": date_words(_at(case.accepted_ms + VALID_MS).date().isoformat()),
    }


def _at(utc_ms: int) -> datetime:
    return datetime.fromtimestamp(utc_ms // 1000, CHINA)
