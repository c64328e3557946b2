"""F6 转窗: the citizen goes on to another window, with a paper that says where; this window is free (flows.md §7)."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.clerk import Clerk
from app.domain.paper.blocks import document_to_json
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.domain.transfer_slip import TRANSFER_SLIP, Handing, transfer_fields
from app.domain.visit import VISIT, Outcome, Visit, VisitEvent
from app.ports.clock import Clock, new_id
from app.ports.spool import JobState, PrintJob
from app.ports.store import Reading, Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require, visit_at
from app.usecases.taking_in import published
from app.usecases.ticket_record import record

DRAFT_KEPT_MS = 60 * 60_000
"""So long the page of a citizen who was sent on is kept, in case they are sent back."""


def transfer_ticket(store: Store, clock: Clock, templates: Mapping[str, Template], to_window: str, by: Clerk) -> Visit:
    """Hand the citizen who was called or is served to another window: visit, operation and paper in one commit.

    Raises:
        ActRefused: no right, nobody is there, no catalogue, or the window is this one or none of the hall.
        IllegalTransition: the visit has its outcome already.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        visit, actor = visit_at(work), actor_at(work, by)
        state = VISIT.after(visit.state, VisitEvent.TRANSFER)
        catalogue, now = published(work), clock.now_ms()
        window = catalogue.windows.get(to_window)
        if window is None or to_window == actor.window:
            raise ActRefused(ActRefusal.NO_SUCH_WINDOW)
        handing = Handing(visit.number, visit.business, _item(work, visit), by.number, actor.window, now)
        document = fill(templates[TRANSFER_SLIP], transfer_fields(handing, window, catalogue))
        handed = replace(visit, state=state, finished_ms=now, outcome=Outcome.TRANSFERRED)
        work.drop_drafts_of(Outcome.TRANSFERRED, now - DRAFT_KEPT_MS)
        work.put_visit(handed)
        record(work, by, handed, "ticket.transferred", to_window=to_window)
        work.queue_print(
            PrintJob(
                job_id=new_id(clock),
                slip=TRANSFER_SLIP,
                document=document_to_json(document),
                reprint=0,
                state=JobState.QUEUED,
                created_ms=now,
            )
        )
        return handed


def _item(view: Reading, visit: Visit) -> str:
    draft, catalogue = view.draft(visit.visit_id), view.catalogue()
    item = catalogue.items.get(str(draft.get("item"))) if draft and catalogue else None
    return item.name if item else ""
