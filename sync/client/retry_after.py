"""What an answer says of when to come back: the header Retry-After, in seconds or as a date (RFC 9110 §10.2.3)."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds to wait; None where nothing is said, or nothing that can be read.

    A date is compared with the answer's own Date: this counter's clock may be the one that is wrong.
    """
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    then, now = _moment(said), _moment(headers.get("Date", ""))
    return None if then is None or now is None else max((then - now).total_seconds(), 0.0)


def _moment(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
