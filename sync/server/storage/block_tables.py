"""The tables behind reserved blocks: the epochs of a window, and when its counter was last heard; the hall leads."""

from sqlalchemy import BigInteger, Column, Integer, String, Table

from sync.server.storage.tables import metadata


def _hall() -> "Column[str]":
    return Column("hall", String(16), primary_key=True)


window_block = Table(
    "window_block",
    metadata,
    _hall(),
    Column("window", String(16), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("fence_epoch", Integer, nullable=False),
)

window_heard = Table(
    "window_heard",
    metadata,
    _hall(),
    Column("window", String(16), primary_key=True),
    Column("heard_ms", BigInteger, nullable=False),
)
