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
    with fitting(), connection.begin_nested():
        yield


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
