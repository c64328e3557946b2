"""Gives a counter its registration number, the one in every case number (sync.md section 3)."""

import re

from app.domain.rights import Act
from sync.protocol.messages import RegisterCounter, Registration
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import device_codes, devices, halls
from sync.server.storage.devices import ChainKey
from sync.server.storage.engine import Transaction

_INCARNATION = re.compile(r"[0-9A-Za-z-]{1,64}")
_PUBLIC_KEY = re.compile(r"[0-9a-f]{64}")


def register(context: Context, caller: Caller, request: RegisterCounter) -> Registration:
    """Return the registration of this incarnation; asking again with the same key gives the same answer.

    Raises:
        Refused: ``forbidden``, ``malformed``, ``unknown_device`` for another key than the computer enrolled with, or
            ``fork`` when two stores claim one incarnation with different keys.
    """
    caller.require(Act.REGISTER_COUNTER)
    if not _INCARNATION.fullmatch(request.incarnation) or not _PUBLIC_KEY.fullmatch(request.public_key):
        raise refusal("malformed")
    if caller.device is None or caller.window is None:
        raise refusal("forbidden")
    device, window = caller.device, caller.window
    key = ChainKey(caller.hall, device, request.incarnation)

    def work(connection: Transaction) -> Registration:
        known = device_codes.public_key(connection, caller.hall, device)
        if known is not None and known != request.public_key:
            raise refusal("unknown_device")
        hall = halls.get(connection, caller.hall)
        if hall is None:
            raise refusal("unknown_hall")
        chain = devices.chain(connection, key) or devices.register(
            connection, key, request.public_key, context.clock.now_ms()
        )
        if chain.public_key != request.public_key:
            raise refusal("fork")
        return Registration(
            device=device,
            counter=chain.counter,
            centre=hall.centre,
            hall=hall.hall,
            window=window,
            server_incarnation=context.server_incarnation(connection),
        )

    return context.storage.write(work)
