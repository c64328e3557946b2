"""What stands on a paper, as the citizen reads it."""

from typing import Any

from living_counter import Living
from sqlalchemy import text

from app.domain.paper.blocks import document_from_json
from app.domain.paper.layout import as_text, lay_out

COLUMNS = 48


def words_of(document: Any) -> str:
    """Return the paper's text without its line breaks and spaces."""
    return "".join(as_text(lay_out(document_from_json(document), COLUMNS), COLUMNS).split())


def paper_of(counter: Living) -> Any:
    """Return the document that the visit at the window ended in."""
    counter.until(lambda: counter.state.job is not None)
    assert counter.state.job is not None
    return counter.state.job.document


def rows(kit: Any, sql: str) -> list[Any]:
    """Return what the counter's book says."""
    with kit.database.read() as connection:
        return list(connection.execute(text(sql)).all())
