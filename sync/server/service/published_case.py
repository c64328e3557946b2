"""Asks of a recorded case whether it keeps to the version of the catalogue it names (domain rule I17)."""

from app.domain.case import Case, CaseEvent
from app.domain.catalogue.build import catalogue_of
from app.domain.catalogue.catalogue import Catalogue
from app.domain.published_case import as_published, lapsed_law
from sync.server.service.desk import Desk, Parked, Reason
from sync.server.storage import catalogue


def check_published(desk: Desk, case: Case, event: CaseEvent) -> None:
    """Refuse what the published item does not allow; a hall whose document lists no items takes cases by hand.

    What was done without a line under a law that had ended by then waits for a person (domain rule I15).

    Raises:
        Parked: ``not_as_published``, or ``law_lapsed``.
    """
    cited = _version(desk, case.catalogue_version)
    if cited is None:
        return
    if not as_published(case, event, cited):
        raise Parked(Reason.NOT_AS_PUBLISHED)
    newest = desk.published()
    known = cited if newest is None else _version(desk, newest)
    if known is not None and lapsed_law(case, event, cited, known) is not None:
        raise Parked(Reason.LAW_LAPSED)


def _version(desk: Desk, number: int) -> Catalogue | None:
    """Return the published version, parsed once in this process.

    Raises:
        Parked: ``not_as_published``: nobody published such a version.
    """
    kept, key = desk.context.catalogues, (desk.hall, number)
    if key not in kept:
        version = catalogue.get(desk.connection, desk.hall, number)
        if version is None or version.approved_by is None:
            raise Parked(Reason.NOT_AS_PUBLISHED)
        if "items" not in version.document:
            return None
        kept[key] = catalogue_of(version.document)
    return kept[key]
