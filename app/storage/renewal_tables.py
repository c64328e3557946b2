"""The tables of a store that was made anew: who it was before, what of that life is not settled, and what was told."""

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table

from app.storage.tables import METADATA

FORMER_COUNTER = Table(
    "former_counter",
    METADATA,
    Column("incarnation", String, primary_key=True),
    Column("device", String, nullable=False),
    Column("counter", String, nullable=False),
)
"""The registrations of this computer before; its cases of then are its own still."""

FORMER_OPERATION = Table(
    "former_operation",
    METADATA,
    Column("incarnation", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("wall_ms", Integer, nullable=False),
    Column("wire", JSON, nullable=False),
    Column("held", Boolean(create_constraint=False), nullable=False),
)
"""Operations of an earlier chain, as they were signed; ``held``: the server has it."""

RENEWAL = Table(
    "renewal",
    METADATA,
    Column("renewal_id", String, primary_key=True),
    Column("at_ms", Integer, nullable=False),
    Column("why", String, nullable=False),
    Column("report", JSON, nullable=False),
    Column("seen_ms", Integer),
)
"""Each time the store was made anew, with what a person has to know (``app.domain.renewal.Report``)."""
