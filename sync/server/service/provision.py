"""Sets a hall up from outside the protocol: hall, devices, clerks, and a first catalogue for tests."""

from collections.abc import Mapping
from typing import Any

from app.domain.rights import Role
from app.ports.clock import Clock, new_id
from sync.server.service.mirror import catalogue_change
from sync.server.service.passwords import hash_password
from sync.server.service.tokens import token_hash
from sync.server.storage import catalogue, clerks, devices, feed, halls
from sync.server.storage.catalogue import Version
from sync.server.storage.clerks import Profile
from sync.server.storage.devices import Device
from sync.server.storage.engine import Storage, Transaction


def add_hall(storage: Storage, clock: Clock, hall: str, centre: str) -> bool:
    """Insert the hall unless it is there, and say whether it was new; the first gives the server its incarnation."""

    def work(connection: Transaction) -> bool:
        if halls.incarnation(connection) is None:
            halls.set_incarnation(connection, new_id(clock))
        if halls.get(connection, hall) is not None:
            return False
        halls.add(connection, hall, centre)
        return True

    return storage.write(work)


def add_device(storage: Storage, hall: str, device: str, role: Role, *, token: str, window: str | None = None) -> None:
    """Insert a device, or give it this token."""
    new = Device(hall, device, role.value, window)
    storage.write(lambda connection: devices.put(connection, new, token_hash(token)))


def add_clerk(storage: Storage, profile: Profile, hall: str, password: str | None) -> None:
    """Insert a clerk or replace the profile; without a password nobody can sign in as them."""
    verifier = hash_password(password) if password is not None else None

    def work(connection: Transaction) -> None:
        clerks.put(connection, hall, profile)
        if verifier is not None:
            clerks.set_verifier(connection, hall, profile.clerk, verifier)

    storage.write(work)


def profiles_of(document: Mapping[str, Any]) -> list[Profile]:
    """Return the staff a catalogue document names."""
    return [
        Profile(
            clerk=each["number"],
            name=each["name"],
            department=each["department"],
            roles=tuple(each["roles"]),
            windows=tuple(each["windows"]),
            items=tuple(each["items"]),
        )
        for each in document.get("staff", ())
    ]


def publish_document(storage: Storage, clock: Clock, hall: str, document: Mapping[str, Any]) -> None:
    """Publish version 1 without the gate, for a simulation that needs no more than windows and businesses."""
    version = Version(1, document, "2000-01-01", submitted_by="provision", approved_by="provision")

    def work(connection: Transaction) -> None:
        catalogue.add(connection, hall, version, clock.now_ms())
        catalogue.approve(connection, hall, version.version, "provision", clock.now_ms())
        feed.append(connection, hall, [catalogue_change(version)])

    storage.write(work)
