"""Numbers of the window's own series that it gave to people who wait while it is cut off."""

from sqlalchemy import Column, Integer, String, Table

from app.storage.tables import METADATA

OWN_NUMBER = Table(
    "own_number",
    METADATA,
    Column("ticket_id", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("business", String, nullable=False),
    Column("business_date", String, nullable=False),
    Column("issued_ms", Integer, nullable=False),
)
"""What they are now is told by the visit, the log and the authority's feed; here is only that they were given out."""
