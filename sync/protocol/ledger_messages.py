"""Ledgers on the wire (domain rule I45): figures, and rows whose persons are masked before they leave the server."""

from sync.protocol.messages import Message


class LedgerKind(Message, frozen=True):
    """How many rows of one kind a ledger has."""

    kind: str
    title: str
    count: int


class LedgerFigure(Message, frozen=True):
    """One ledger in figures: ``rule`` says what it counts, ``amount`` is in ``unit``, null where rows alone count."""

    ledger: str
    title: str
    rule: str
    count: int
    amount: int | None
    unit: str
    kinds: list[LedgerKind]


class Ledgers(Message, frozen=True):
    """Every ledger of a hall in figures, from the first to the last day, both included, ISO."""

    hall: str
    first: str
    last: str
    made_ms: int
    figures: list[LedgerFigure]


class LedgerColumn(Message, frozen=True):
    """One column: ``kind`` text, day, time, number or amount; ``wide`` its share of the screen, 0 for not shown."""

    head: str
    kind: str
    wide: int


class LedgerRow(Message, frozen=True):
    """One row, a cell a column; ``case_id`` leads on to the case where it is about one."""

    cells: list[str | int | None]
    case_id: str | None


class LedgerPage(Message, frozen=True):
    """Some rows of a ledger, oldest first. ``count`` and ``amount`` are of all its rows under this filter.

    ``after`` asks for the rows behind these, null where there are none.
    """

    ledger: str
    title: str
    rule: str
    first: str
    last: str
    unit: str
    count: int
    amount: int | None
    columns: list[LedgerColumn]
    rows: list[LedgerRow]
    after: str | None
