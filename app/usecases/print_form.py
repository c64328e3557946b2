"""A blank form or a filled sample for whoever asks: free, and no act of any case (Licensing Law art. 30, rule I09)."""

from collections.abc import Callable, Mapping

from app.domain.clerk import Clerk
from app.domain.form_file import FormFile, FormKind, offered
from app.domain.paper.blocks import document_to_json
from app.domain.paper.fill import fill
from app.domain.rights import Act
from app.ports.clock import Clock, new_id
from app.ports.spool import JobState, PrintJob, PrintWay
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.taking_in import published


def print_form(
    store: Store,
    clock: Clock,
    forms: Callable[[], Mapping[str, FormFile]],
    item_id: str,
    material_id: str,
    *,
    kind: FormKind,
    way: PrintWay,
    by: Clerk,
) -> PrintJob:
    """Queue the form as it is published; nothing is charged, and no operation counts it.

    Raises:
        ActRefused: no right, no catalogue, a form that is not published, or a file other than the published one.
    """
    require(by, Act.ISSUE_NOTICE)
    with store.begin() as work:
        item = published(work).items.get(item_id)
        named = offered(item) if item is not None else ()
        ref = next((each.ref for each in named if (each.material_id, each.kind) == (material_id, kind)), None)
        if ref is None:
            raise ActRefused(ActRefusal.NO_SUCH_FORM)
        file = forms().get(ref.file)
        if file is None or file.sha256 != ref.sha256:
            raise ActRefused(ActRefusal.OTHER_FORM_FILE)
        document = fill(file.template, {})
        job = PrintJob(
            job_id=new_id(clock),
            slip=document.slip,
            document=document_to_json(document),
            reprint=0,
            state=JobState.QUEUED,
            created_ms=clock.now_ms(),
            way=way,
        )
        work.queue_print(job)
        return job
