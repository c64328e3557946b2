"""A server in this process with the demo catalogue published: administrators, a kiosk, a counter, a clock by hand."""

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hall_clock import Clock
from litestar.testing import TestClient

from app.domain.calendar_document import table_to_json
from app.domain.rights import Role
from app.storage.calendar_file import load_calendar
from sync.server.catalogue_yaml import read
from sync.server.http.application import application
from sync.server.http.hints import Hints
from sync.server.service import provision
from sync.server.service.central import CentralService
from sync.server.service.tokens import token_hash
from sync.server.storage import catalogue, clerks
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.engine import Storage, memory_storage

HALL = "9901"
FIRST, SECOND = "0903", "0904"
RESOURCES = Path(__file__).parents[2] / "resources"
DAY_MS = 86_400_000
DEMO: dict[str, Any] = read((RESOURCES / "catalogue" / "demo-9901.yaml").read_bytes()).document
Change = Callable[[dict[str, Any]], object]


@dataclass
class Hall:
    """The server's end over HTTP, as its programs and browsers reach it."""

    client: Any
    clock: Clock
    service: CentralService
    storage: Storage

    def ask(self, method: str, path: str, who: str | None = None, **more: Any) -> Any:
        headers = {**more.pop("headers", {}), **({"Authorization": f"Bearer token-{who}"} if who else {})}
        return self.client.request(method, path, headers=headers, follow_redirects=False, **more)

    def submit(self, document: dict[str, Any] | bytes, who: str = FIRST) -> Any:
        content = document if isinstance(document, bytes) else json.dumps(document).encode()
        return self.ask("POST", "/v1/catalogue/versions", who, content=content)

    def approve(self, version: int, who: str = SECOND) -> Any:
        return self.ask("POST", f"/v1/catalogue/versions/{version}/approve", who)

    def submit_changed(self, change: Change, *, status: int = 201) -> Any:
        """Bring a changed demo catalogue in; return its number, or the whole answer where it is refused."""
        answer = self.submit(changed(change))
        assert answer.status_code == status, answer.text
        return answer.json()["version"] if status == 201 else answer

    def publish(self, change: Change) -> int:
        """Bring a changed demo catalogue in and have it approved by the other administrator."""
        version: int = self.submit_changed(change)
        approved = self.approve(version)
        assert approved.status_code == 200, approved.text
        return version

    def snapshot(self) -> Any:
        """What a counter holds."""
        return self.ask("GET", f"/v1/sync/snapshot?hall={HALL}", "A01").json()

    def give_password(self, who: str, password: str) -> None:
        """Let this member of staff sign in."""
        profile = next(each for each in provision.profiles_of(DEMO) if each.clerk == who)
        provision.add_clerk(self.storage, profile, HALL, password=password)

    def cookie(self, who: str) -> dict[str, str]:
        """The session a browser of this administrator sends."""
        return {"Cookie": f"chuangkou_person=token-{who}"}


def changed(change: Change) -> dict[str, Any]:
    """Return the demo catalogue with a change."""
    document = copy.deepcopy(DEMO)
    change(document)
    return document


def item(document: dict[str, Any], item_id: str) -> dict[str, Any]:
    """Return an item of a document."""
    return next(each for each in document["items"] if each["id"] == item_id)


@contextmanager
def opened_hall(memory_of: Any) -> Iterator[Callable[[], Hall]]:
    """Open a hall in which version 1 is the demo catalogue, submitted and approved over HTTP.

    What is yielded gives the same hall as it was then, at nine o'clock: all tests share one server.
    """
    clock, storage = Clock(), memory_storage()
    _furnish(storage, clock)
    hints = Hints()
    service = CentralService(storage, clock, AesGcmCipher(b"s" * 32, clock.random_bytes), hints.changed)
    with TestClient(application(service, hints)) as client:
        hall = Hall(client, clock, service, storage)
        hall.publish(lambda document: None)
        memory = memory_of(storage.engine)
        with storage._writer:
            contents = memory.contents()

        def as_published() -> Hall:
            clock.set("2026-11-23")
            with storage._writer:  # the rounds of the server go on meanwhile
                memory.hold(contents)
                for kept in (service.context.catalogues, service.context._plans, service.context.staffed):
                    kept.clear()
            return hall

        yield as_published
    storage.close()


def _furnish(storage: Storage, clock: Clock) -> None:
    provision.add_hall(storage, clock, HALL, HALL)
    for window in ("A01", "A07"):
        provision.add_device(storage, HALL, window, Role.COUNTER, token=f"token-{window}", window=window)
    provision.add_device(storage, HALL, "kiosk", Role.KIOSK, token="token-kiosk")
    provision.add_device(storage, HALL, "manager", Role.FLOOR_MANAGER, token="token-manager")
    for profile in provision.profiles_of(DEMO):
        provision.add_clerk(storage, profile, HALL, password=None)
    calendar = load_calendar(RESOURCES / "calendar")

    def work(connection: Any) -> None:
        for year in (2025, 2026):
            catalogue.put_year(connection, HALL, year, table_to_json(calendar.table(year)))
        coming = {
            **table_to_json(calendar.table(2026)),
            "year": 2027,
            "rest_days": ["2027-01-01"],
            "make_up_workdays": [],
        }
        catalogue.put_year(connection, HALL, 2027, coming)
        for number in (FIRST, SECOND, "0301", "0401"):
            hashed = token_hash(f"token-{number}")
            clerks.add_session(
                connection, HALL, hashed, number=number, device=None, expires_ms=clock.now + 900 * DAY_MS
            )

    storage.write(work)
