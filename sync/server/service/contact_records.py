"""Gives registered first contacts whole to the windows that are to go on with them (domain rules I01, I70).

What a person is answered here is personal data, so every answer is kept (PIPL art. 51, 54; domain.md L13).
"""

import json
import logging
from collections.abc import Collection, Mapping
from typing import Any

from app.domain.canonical import canonical_json
from app.domain.contact_record import record_of, record_to_json
from app.domain.rights import Act
from app.domain.takeover import Contact
from sync.protocol.contact_messages import ContactRecords, WantContacts
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.desk import Desk, Parked, Reason
from sync.server.service.looks import keep_looks
from sync.server.service.refusals import refusal
from sync.server.storage import clerks, contact_records, first_contacts
from sync.server.storage.contact_records import KeptContact
from sync.server.storage.engine import Transaction

logger = logging.getLogger(__name__)

MOST_CONTACTS = 50
"""In one answer."""


def keep_record(desk: Desk, said: Mapping[str, Any]) -> None:
    """Seal what a window said of a contact it registered.

    Raises:
        Parked: ``malformed_payload``.
    """
    try:
        record = record_of(said)
    except (TypeError, ValueError) as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error
    plain = canonical_json(record_to_json(record))
    sealed = desk.context.cipher.seal(plain, _place(desk.hall, record.contact_id))
    kept = KeptContact(desk.hall, record.contact_id, record.no, record.clerk, record.window, sealed)
    contact_records.put(desk.connection, kept)


def contact_records_for(context: Context, caller: Caller, hall: str, request: WantContacts) -> ContactRecords:
    """Return of the contacts asked for those that the caller may go on with.

    Raises:
        Refused: ``forbidden`` for who is no person with the right, ``malformed`` for too many at once.
    """
    caller.require(Act.HOLD_CASES, hall)
    if caller.clerk is None:
        raise refusal("forbidden")  # a device is nobody who could answer for the look
    if not 0 < len(request.contact_ids) <= MOST_CONTACTS:
        raise refusal("malformed")
    number = caller.clerk

    def work(connection: Transaction) -> list[KeptContact]:
        profile = clerks.get(connection, hall, number)
        windows = profile.windows if profile is not None else ()
        found = (contact_records.get(connection, hall, each) for each in dict.fromkeys(request.contact_ids))
        known = [(each, first_contacts.get(connection, hall, each.contact_id)) for each in found if each is not None]
        return [each for each, contact in known if may_hold(each, contact, windows)]

    held = context.storage.read(work)
    records = [json.loads(context.cipher.open(each.sealed, _place(hall, each.contact_id))) for each in held]
    keep_looks(context, hall, number, "contact", [(None, (each.contact_id,)) for each in held])
    logger.info("contacts.hold hall=%s clerk=%s contacts=%d", hall, number, len(held))
    return ContactRecords(records=records)


def may_hold(record: KeptContact, contact: Contact | None, windows: Collection[str]) -> bool:
    """Say whether who works at these windows goes on with a contact: where it was registered, is asked, or answered."""
    involved = {record.window}
    if contact is not None:
        involved |= {contact.to_window, contact.owner_window}
    return bool(involved & set(windows))


def _place(hall: str, contact_id: str) -> str:
    return f"contact/{hall}/{contact_id}"
