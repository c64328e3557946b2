"""送达回证 (SL-D3): addressee, document, where, how, to whom, when, and what its mode has to show (domain rule L20)."""

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.receipt import common_fields, date_words, moment_words
from app.domain.service import Service, ServiceMode

SERVICE_SLIP = "SL-D3"


def service_fields(
    case: Case, item: Item, catalogue: Catalogue, service: Service, *, title: str, doc_no: str
) -> dict[str, object]:
    """Return the fields of 送达回证 of a document of the case; the signatures are the receiver's, or the witnesses'."""
    common = common_fields(case, item, catalogue)
    left, moment = service.mode is ServiceMode.LEFT, moment_words(service.at_ms)
    return {
        **{name: common[name] for name in ("applicant", "id_masked", "case_no", "item")},
        "title": title,
        "doc_no": doc_no,
        "place": service.place,
        "how": service.how,
        "receiver": service.receiver,
        "relation": service.relation,
        "reason": service.reason if left else "",
        "witnesses": service.witnesses if left else "",
        "tracking": service.tracking if service.mode is ServiceMode.POST else "",
        "consent": service.consent if service.mode is ServiceMode.ELECTRONIC else "",
        "taken": service.mode is ServiceMode.DIRECT,
        "served_at": moment if moment.startswith(service.on) else date_words(service.on),
        "review_until": date_words(service.review_until),
        "suit_until": date_words(service.suit_until),
        "clerk_no": service.by,
        "dept": catalogue.departments[case.department].name,
        "date": date_words(service.on),
    }
