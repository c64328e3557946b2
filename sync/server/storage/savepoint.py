"""A part of a transaction that may fail for itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, OperationalError

_GONE = "no such savepoint"


class Unfit(Exception):  # noqa: N818 - said of what somebody sent
    """A value no column takes: a text that is too long or holds NUL (PostgreSQL), a number past 64 bits."""


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Take back what the block wrote when it raises.

    Where SQLite's disk is full it ends the whole transaction, and there is no savepoint left to go back to: what is
    raised is why.

    Raises:
        Unfit: the database could not take a value.
    """
    try:
        with fitting(), connection.begin_nested():
            yield
    except OperationalError as error:
        if _GONE not in str(error.orig):
            raise
        raise _first(error) from error.orig


@contextmanager
def fitting() -> Iterator[None]:
    """Say so where a value does not fit; what the block wrote stays for the transaction to take back.

    Raises:
        Unfit: the database could not take a value.
    """
    try:
        yield
    except (DataError, OverflowError) as error:
        raise Unfit from error


def _first(error: DBAPIError) -> DBAPIError:
    """Return the error of the database that the later ones came of."""
    found, earlier = error, error.__context__
    while earlier is not None:
        found = earlier if isinstance(earlier, DBAPIError) else found
        earlier = earlier.__context__
    return found
