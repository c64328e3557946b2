"""Takes over the staff of a catalogue on the day it begins: whoever signs in then has the roles it publishes.

Who is on the list no more signs in no more; what they did before is still taken in from their counter.
"""

from collections.abc import Mapping
from typing import Any

from sync.server.service.context import Context
from sync.server.service.provision import profiles_of
from sync.server.storage import catalogue, clerks
from sync.server.storage.engine import Transaction


def take_due_staff(context: Context, connection: Transaction, hall: str) -> int | None:
    """Write the profiles of the version in force unless this process did, and return its number.

    The caller notes the number in ``context.staffed`` once that is committed. A version for later changes nobody yet.
    """
    number = catalogue.current_number(connection, hall, context.today())
    if number is not None and context.staffed.get(hall) != number:
        version = catalogue.lock(connection, hall, number)
        staff = profiles_of(version.document) if version else []
        for profile in staff:
            clerks.put(connection, hall, profile)
        clerks.withdraw(connection, hall, _named_before(connection, hall, number) - {each.clerk for each in staff})
    return number


def _named_before(connection: Transaction, hall: str, number: int) -> set[str]:
    """Return whom the versions before this one name; who was set up by hand is in none of them."""
    earlier = (each for each in catalogue.published(connection, hall) if each.version < number)
    return {profile.clerk for each in earlier for profile in profiles_of(each.document)}


def expect_staff(connection: Transaction, hall: str, document: Mapping[str, Any]) -> None:
    """Give who is new in a version for later a place at once, so that a password can be set before the day."""
    for profile in profiles_of(document):
        if clerks.get(connection, hall, profile.clerk) is None:
            clerks.put(connection, hall, profile)
