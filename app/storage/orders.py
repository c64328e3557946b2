"""Rows of what the floor manager laid down for a window."""

from sqlalchemy.engine import RowMapping

from app.domain.floor import Note, WindowOrder


def order_of(row: RowMapping) -> WindowOrder:
    """Return the order in a row."""
    return WindowOrder(
        window=row["window"],
        rev=row["rev"],
        closed=row["closed"],
        businesses=None if row["businesses"] is None else tuple(row["businesses"]),
        notes=tuple(Note(**each) for each in row["notes"]),
    )
