"""The messages that bring registered first contacts whole to the windows that are to go on with them."""

from typing import Any

from sync.protocol.messages import Message


class WantContacts(Message, frozen=True):
    """Which contacts a counter misses, fifty at most."""

    contact_ids: list[str]


class ContactRecords(Message, frozen=True):
    """Of those the ones that the asker may hold, each as ``app.domain.contact_record.record_to_json`` gives it."""

    records: list[dict[str, Any]]
