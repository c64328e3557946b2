"""The tables behind the pages: enrolment links, device cookies and ratings; the hall leads every key."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, SmallInteger, String, Table

from sync.server.storage.tables import metadata


def _hall() -> "Column[str]":
    return Column("hall", String(16), primary_key=True)


page_enrolment = Table(
    "page_enrolment",
    metadata,
    _hall(),
    Column("token_hash", String(64), primary_key=True),
    Column("device", String(64), nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("used_ms", BigInteger),
    Index(None, "token_hash"),
)

page_cookie = Table(
    "page_cookie",
    metadata,
    _hall(),
    Column("cookie_hash", String(64), primary_key=True),
    Column("device", String(64), nullable=False),
    Column("issued_ms", BigInteger, nullable=False),
    Index(None, "cookie_hash"),
)

rating = Table(
    "rating",
    metadata,
    _hall(),
    Column("token_hash", String(64), primary_key=True),
    Column("case_id", String(64), nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("window", String(16), nullable=False),
    Column("department", String(32), nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("grade", SmallInteger),
    Column("sealed_comment", LargeBinary),
    Column("rated_ms", BigInteger),
    Index(None, "token_hash"),
    Index(None, "hall", "clerk", "rated_ms"),
)
