"""Years of a hall in minutes: the rows that a few pushed citizens left, copied as often as asked inside PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, LiteralString, cast

from psycopg import sql

if TYPE_CHECKING:
    import psycopg

FURNISHED: Final = ("device", "registration", "clerk", "catalogue_version")
"""What every hall has, whoever comes to it."""
SEALED: Final = "substring(sealed FOR 64)"
"""Nobody opens the copies: what is sealed in them is cut, or a million cases would fill the disk."""
OLD_DAY, OLD_MS = "'2020-01-01'", 1_577_836_800_000
COPIES: Final[dict[str, dict[str, str]]] = {
    "service_case": {"case_id": "'old-' || g || case_id", "case_no": "'old-' || g || case_no", "sealed": SEALED},
    "operation": {"incarnation": "'old-' || g || incarnation", "sealed": SEALED, "received_ms": f"{OLD_MS} + g"},
    "case_word": {"case_id": "'old-' || g || case_id", "word": "decode(md5(word || g::text::bytea), 'hex')"},
    "ledger_entry": {"incarnation": "'old-' || g || incarnation", "at_ms": f"{OLD_MS} + g"},
    "rating": {"token_hash": "encode(sha256((token_hash || g)::bytea), 'hex')", "case_id": "'old-' || g || case_id"},
    "ticket": {
        "ticket_id": "right('old-' || g || ticket_id, 36)",
        "number": "right(number, 6) || '-' || g",
        "business": "'A'",
        "business_date": OLD_DAY,
        "issued_ms": f"{OLD_MS} + g",
        "called_ms": f"{OLD_MS} + g + 60000",
        "closed_ms": f"{OLD_MS} + g + 600000",
        "calls": "1",
    },
    "feed": {"seq": "head.most + (g - 1) * head.rows + row_number() OVER (PARTITION BY g)"},
}
"""What a citizen leaves, and what each copy of it changes; ``g`` counts the copies from 1. Finished long ago."""


def fill(connection: "psycopg.Connection[Any]", hall: str, cases: int, halls: int = 1) -> None:
    """Copy what is held of ``hall`` until there are so many cases, dealt out evenly over so many halls."""
    [held] = connection.execute("SELECT count(*) FROM service_case").fetchone() or [0]
    _halls(connection, hall, halls)
    with _without_indexes(connection, [*COPIES]):
        for table, changed in COPIES.items():
            head = "(SELECT max(seq) AS most, count(*) AS rows FROM feed WHERE entity_id <> '1') AS head"
            source = sql.SQL("{table}, generate_series(1, {copies}) AS g, {head} WHERE {only}").format(
                table=sql.Identifier(table),
                copies=sql.Literal(cases // held - 1),
                head=sql.SQL(cast("LiteralString", head)),
                only=sql.SQL("entity_id <> '1'" if table == "feed" else "TRUE"),
            )
            _copy(connection, table, {**changed, "hall": _dealt(hall, halls)}, source)
    connection.execute("UPDATE hall SET head = (SELECT max(seq) FROM feed)")
    connection.execute("ANALYZE")


def _halls(connection: "psycopg.Connection[Any]", hall: str, halls: int) -> None:
    """Furnish the other halls as the one is."""
    unique = {"token_hash": "encode(sha256((token_hash || g)::bytea), 'hex')"}
    for table in ("hall", *FURNISHED):
        source = sql.SQL("{table}, generate_series(1, {copies}) AS g WHERE hall = {hall}").format(
            table=sql.Identifier(table), copies=sql.Literal(halls - 1), hall=sql.Literal(hall)
        )
        _copy(connection, table, {**(unique if table == "device" else {}), "hall": "'H' || g"}, source)


def _dealt(hall: str, halls: int) -> str:
    return f"CASE g % {halls} WHEN 0 THEN '{hall}' ELSE 'H' || g % {halls} END"


def _copy(connection: "psycopg.Connection[Any]", table: str, changed: dict[str, str], source: sql.Composable) -> None:
    rows = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s", [table]
    )
    names = [name for (name,) in rows]
    values = [
        sql.SQL(cast("LiteralString", changed[name])) if name in changed else sql.Identifier(table, name)
        for name in names
    ]
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names)), sql.SQL(", ").join(values), source
        )
    )


@contextmanager
def _without_indexes(connection: "psycopg.Connection[Any]", tables: list[str]) -> Iterator[None]:
    """Take keys and indexes away and build them again at the end; a new index is far quicker than an index that grows.

    No log of the copies is written either: the tables are of this run alone.
    """
    constraints = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype IN ('p', 'u') AND conrelid::regclass::text = ANY(%s)",
        [tables],
    ).fetchall()
    for table, name, _ in constraints:
        connection.execute(_said("ALTER TABLE {} DROP CONSTRAINT {}", table, name))
    indexes = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)", [tables]
    ).fetchall()
    for name, _ in indexes:
        connection.execute(_said("DROP INDEX {}", name))
    for table in tables:
        connection.execute(_said("ALTER TABLE {} SET UNLOGGED", table))
    yield
    for table, name, made in constraints:
        connection.execute(_said("ALTER TABLE {} ADD CONSTRAINT {} ", table, name) + sql.SQL(made))
    for _, made in indexes:
        connection.execute(sql.SQL(made))


def _said(text: str, *names: str) -> sql.Composed:
    return sql.SQL(cast("LiteralString", text)).format(*(sql.Identifier(name) for name in names))
