"""A part of a transaction that may fail for itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DataError


class Unfit(Exception):  # noqa: N818 - said of what somebody sent
    """A value no column takes: a text that is too long or holds NUL (PostgreSQL), a number past 64 bits."""


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Take back what the block wrote when it raises.

    Raises:
        Unfit: the database could not take a value.
    """
    try:
        with connection.begin_nested():
            yield
    except (DataError, OverflowError) as error:
        raise Unfit from error
