"""Keeps a one-time secret for a device, of which only the hash is stored: a page's link and a computer's code alike."""

from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.service.tokens import new_token, token_hash
from sync.server.storage import devices, page_devices
from sync.server.storage.devices import Device
from sync.server.storage.engine import Transaction


def offer_device(context: Context, connection: Transaction, device: Device, secret: str, expires_ms: int) -> bool:
    """Offer the device, which is made if the hall has none of that name; an unused older offer of it ends.

    Says whether the hall knew the device before.

    Raises:
        Refused: ``forbidden`` when the name belongs to a device of another role.
    """
    held = page_devices.get(connection, device.hall, device.device)
    if held is None:
        # Nobody is ever told this token: who takes the offer gets another.
        devices.put(connection, device, token_hash(new_token(context.clock)))
    elif held.role != device.role:
        raise refusal("forbidden")
    page_devices.add_link(connection, device, token_hash(secret), expires_ms)
    return held is not None
