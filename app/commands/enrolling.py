"""Makes a new computer a device of its hall: own key, one-time code, token in its place, settings last."""

import logging
from pathlib import Path

from app.commands.enrolled_settings import write_identity
from app.commands.place import SETTINGS, NotEnrolled
from app.ports.clock import Clock
from app.ports.enrolment import EnrolmentRefused
from app.storage.device_token import token_place
from app.storage.keys import key_place, load_keys
from app.storage.signer import Ed25519Signer
from sync.client.enrolment import HttpEnrolment

log = logging.getLogger(__name__)


def enrol(data: Path, place: NotEnrolled, clock: Clock, code: str) -> None:
    """Change the code into this computer's identity; what is already kept is kept when a later step fails.

    Raises:
        EnrolmentRefused: the server said no or did not answer, or the settings cannot be written.
        StoreFault: there is no place for the keys.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        keys = load_keys(key_place(place.key_store, data), clock, store_exists=(data / "counter.db").exists())
        desk = HttpEnrolment(place.server, clock)
        try:
            identity = desk.enrol(code, Ed25519Signer(keys.device_seed).public_key())
        finally:
            desk.close()
        token_place(place.key_store, data).write(identity.token)
        write_identity(data / SETTINGS, place.server, place.key_store, identity)
    except OSError as error:
        log.warning("enrolment.not_written error=%s", type(error).__name__)
        raise EnrolmentRefused("enrol_not_written") from error
    log.info("enrolment.done hall=%s device=%s role=%s", identity.hall, identity.device, identity.role)
