"""The catalogue in force as the product works with it: parsed once a version."""

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.gate import build
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import catalogue, halls
from sync.server.storage.engine import Transaction


def published_catalogue(context: Context, hall: str) -> Catalogue | None:
    """Return what is in force in a hall today; None before the first version.

    Raises:
        Refused: ``unknown_hall``.
    """

    def work(connection: Transaction) -> Catalogue | None:
        if halls.get(connection, hall) is None:
            raise refusal("unknown_hall")
        number = catalogue.current_number(connection, hall, context.today())
        if number is None:
            return None
        if (hall, number) not in context.catalogues:
            version = catalogue.get(connection, hall, number)
            if version is None:
                return None
            context.catalogues[hall, number] = build(version.document)
        return context.catalogues[hall, number]

    return context.storage.read(work)
