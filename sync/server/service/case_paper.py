"""What the citizen's paper said, for the progress page: lines of text, made from the record the server holds."""

import logging
from collections.abc import Mapping
from typing import Any

from app.domain.catalogue.build import catalogue_of
from app.domain.issued_paper import issued_paper
from app.domain.paper.errors import PaperError
from sync.server.service.context import Context
from sync.server.service.paper_lines import ShownPaper, shown_lines
from sync.server.slip_templates import slip_template
from sync.server.storage import catalogue

logger = logging.getLogger(__name__)


def shown_paper(context: Context, hall: str, record: Mapping[str, Any]) -> ShownPaper | None:
    """Return what the last paper of a case says; None where there is none, or the record does not give one.

    The words come from the catalogue the case was taken under, as they did at the counter.
    """
    number = record.get("catalogue_version")
    if not isinstance(number, int):
        return None
    version = context.storage.read(lambda connection: catalogue.get(connection, hall, number))
    if version is None:
        return None
    try:
        document = issued_paper(record, catalogue_of(version.document), slip_template)
    except (LookupError, TypeError, ValueError, AttributeError, AssertionError, PaperError) as error:
        # A case of a counter that is newer or faulty: the page does without the paper.
        logger.info("case_paper.unreadable error=%s", type(error).__name__)
        return None
    return shown_lines(document) if document is not None else None
