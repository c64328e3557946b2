"""Publishes a catalogue version by a second person: what citizens see needs two (design.md, Who uses it)."""

from dataclasses import replace

from app.domain.rights import Act
from sync.protocol.messages import CataloguePublished
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.mirror import catalogue_change
from sync.server.service.provision import profiles_of
from sync.server.service.refusals import refusal
from sync.server.storage import catalogue, clerks, feed
from sync.server.storage.engine import Transaction


def approve_catalogue(context: Context, caller: Caller, number: int) -> CataloguePublished:
    """Publish the version into the feed and take over the staff it names; approving again changes nothing.

    Raises:
        Refused: ``forbidden``, also for the one who submitted it; ``unknown_version``.
    """
    caller.require(Act.APPROVE_CATALOGUE)
    if caller.clerk is None:
        raise refusal("forbidden")
    by = caller.clerk

    def work(connection: Transaction) -> CataloguePublished:
        version = catalogue.get(connection, caller.hall, number)
        if version is None:
            raise refusal("unknown_version")
        if version.submitted_by == by:
            raise refusal("forbidden")
        if version.approved_by is None:
            version = replace(version, approved_by=by)
            catalogue.approve(connection, caller.hall, number, by, context.clock.now_ms())
            for profile in profiles_of(version.document):
                clerks.put(connection, caller.hall, profile)
            feed.append(connection, caller.hall, [catalogue_change(version)])
        return CataloguePublished(
            version=number, submitted_by=version.submitted_by, approved_by=version.approved_by or by
        )

    published = context.storage.write(work)
    context.changed(caller.hall)
    return published
