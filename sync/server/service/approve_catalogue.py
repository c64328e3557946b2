"""Publishes a catalogue version by a second person: what citizens see needs two (design.md, Who uses it).

It takes effect on its day and not before; a day that has passed while it waited becomes the day it is published.
"""

from dataclasses import replace

from app.domain.catalogue.gate import check
from app.domain.rights import Act
from sync.protocol.messages import CataloguePublished
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.due_staff import expect_staff, take_due_staff
from sync.server.service.mirror import catalogue_change
from sync.server.service.refusals import refusal
from sync.server.service.submit_catalogue import CatalogueInvalid, PlacedProblem, spelled
from sync.server.storage import catalogue, feed
from sync.server.storage.catalogue import Version
from sync.server.storage.engine import Transaction


def approve_catalogue(context: Context, caller: Caller, number: int) -> CataloguePublished:
    """Publish the version into the feed; approving again changes nothing. Its staff are taken over on its day.

    Raises:
        Refused: ``forbidden``; ``second_person_needed`` for the one who submitted it; ``unknown_version``;
            ``catalogue_invalid`` as ``CatalogueInvalid`` where a law it cites ended since it was submitted.
    """
    caller.require(Act.APPROVE_CATALOGUE)
    if caller.clerk is None:
        raise refusal("forbidden")
    by = caller.clerk

    def work(connection: Transaction) -> CataloguePublished:
        version = catalogue.lock(connection, caller.hall, number)
        if version is None:
            raise refusal("unknown_version")
        if version.submitted_by == by:
            raise refusal("second_person_needed")
        if version.approved_by is None:
            version = replace(_begun(context, connection, caller.hall, version), approved_by=by)
            catalogue.approve(connection, caller.hall, number, by, context.clock.now_ms())
            expect_staff(connection, caller.hall, version.document)
            take_due_staff(context, connection, caller.hall)
            feed.append(connection, caller.hall, [catalogue_change(version)])
        return CataloguePublished(
            version=number, submitted_by=version.submitted_by, approved_by=version.approved_by or by
        )

    published = context.storage.write(work)
    context.changed(caller.hall)
    return published


def _begun(context: Context, connection: Transaction, hall: str, version: Version) -> Version:
    """Return the version as it is published: no earlier than today unless it is the first, and checked for that day.

    Raises:
        CatalogueInvalid: the gate would not let it through any more.
    """
    today = context.today()
    document = version.document
    if catalogue.current_number(connection, hall, today) is not None and version.effective_from < today:
        document = {**document, "effective_from": today}
        catalogue.begin_on(connection, hall, version.version, document)
    problems = check(document)
    if problems:
        raise CatalogueInvalid(
            [PlacedProblem(each.code.value, spelled(each.path), None, each.values) for each in problems]
        )
    return replace(version, document=document, effective_from=document["effective_from"])
