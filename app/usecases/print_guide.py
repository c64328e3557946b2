"""The service guide of a published item, on demand: no case begins, and the network is not needed (I11, I16)."""

from collections.abc import Mapping

from app.domain.business_day import business_date
from app.domain.clerk import Clerk
from app.domain.guide_paper import GUIDE, guide_fields
from app.domain.operation import OperationDraft
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.ports.clock import Clock
from app.ports.spool import PrintJob
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require
from app.usecases.case_record import queue_paper
from app.usecases.taking_in import published


def print_guide(store: Store, clock: Clock, templates: Mapping[str, Template], item_id: str, by: Clerk) -> PrintJob:
    """Queue the guide of the item as it is published today; the operation keeps which version was given out.

    Raises:
        ActRefused: no right, no catalogue yet, or an item that is not published.
    """
    require(by, Act.ISSUE_NOTICE)
    with store.begin() as work:
        catalogue = published(work)
        item = catalogue.items.get(item_id)
        if item is None:
            raise ActRefused(ActRefusal.ITEM_NOT_PUBLISHED)
        today = work.business_date() or business_date(clock.now_ms())
        document = fill(templates[GUIDE], guide_fields(item, catalogue, today))
        job = queue_paper(work, clock, document, None)
        work.append(
            OperationDraft(
                kind="guide.printed",
                entity="guide",
                entity_id=job.job_id,
                payload={"item_id": item.id, "catalogue_version": catalogue.version},
                actor=actor_at(work, by),
            )
        )
        return job
