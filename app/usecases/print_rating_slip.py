"""The rating slip of a case, on demand: the same one-time code as on the case's own paper (domain rule L08)."""

from collections.abc import Mapping

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rating_slip import RATING_SLIP, rating_fields
from app.domain.rights import Act
from app.ports.clock import Clock
from app.ports.spool import PrintJob
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, counter_of, require
from app.usecases.case_record import queue_slip
from app.usecases.taking_in import published


def print_rating_slip(
    store: Store, clock: Clock, templates: Mapping[str, Template], case_id: str, by: Clerk
) -> PrintJob:
    """Queue the slip. It is no paper of the case: a reprint of the case's paper never means this one.

    Raises:
        ActRefused: no right, no catalogue yet, a case this counter does not hold or an item no longer published.
    """
    require(by, Act.CARRY_RATING)
    with store.begin() as work:
        catalogue, case = published(work), work.case(case_id)
        if case is None or not case.rating_token:
            raise ActRefused(ActRefusal.UNKNOWN_CASE)
        if case.item_id not in catalogue.items:
            raise ActRefused(ActRefusal.ITEM_NOT_PUBLISHED)
        window = counter_of(work).window
        fields = rating_fields(case, catalogue, window=window, clerk=by.number, now_ms=clock.now_ms())
        job = queue_slip(work, clock, fill(templates[RATING_SLIP], fields), None)
        draft = OperationDraft("rating.slip_printed", "case", case_id, {"case_no": case.case_no}, actor_at(work, by))
        work.append(draft)
        return job
