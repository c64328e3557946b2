"""What the OpenAPI description says is what the server answers; the whole of it: ``make schema-fuzz``."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from app.commands.system_clock import SystemClock
from app.domain.rights import Role
from sync.server.http.application import application
from sync.server.http.described import Description
from sync.server.http.hints import Hints
from sync.server.service import provision
from sync.server.service.central import CentralService
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.engine import memory_storage

STATE, CALL = "/v1/halls/{hall}/state", "/v1/halls/{hall}/windows/{window}/call-next"
KIOSK = {"Authorization": "Bearer token-kiosk"}


@pytest.fixture(scope="module")
def service() -> Iterator[CentralService]:
    clock, storage = SystemClock(), memory_storage()
    provision.add_hall(storage, clock, "9901", "9901")
    provision.add_device(storage, "9901", "kiosk", Role.KIOSK, token="token-kiosk")
    yield CentralService(storage, clock, AesGcmCipher(b"s" * 32, clock.random_bytes))
    storage.close()


@pytest.fixture(scope="module")
def client(service: CentralService) -> Iterator[Any]:
    with TestClient(application(service, Hints(), rounds_here=False)) as client:
        yield client


@pytest.fixture(scope="module")
def paths(client: Any) -> dict[str, Any]:
    described: dict[str, Any] = client.get("/schema/openapi.json", headers=KIOSK).json()["paths"]
    return described


@pytest.mark.parametrize(
    ("method", "path", "takes"),
    [
        ("POST", "/v1/halls/9901/state", "GET, OPTIONS"),
        ("GET", "/v1/halls/9901//tickets", "POST, OPTIONS"),
        ("DELETE", f"/v1/blobs/{'0' * 64}", "GET, PUT, OPTIONS"),
        ("TRACE", "/v1/sync/pull", "GET, OPTIONS"),
    ],
)
def test_who_asks_in_a_way_nothing_takes_is_told_what_is_taken(client: Any, method: str, path: str, takes: str) -> None:
    answer = client.request(method, path, headers=KIOSK)
    assert (answer.status_code, answer.json()["error"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == takes


def test_nothing_is_described_before_somebody_asks(service: CentralService, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Description] = []
    make = Description.to_openapi_schema
    monkeypatch.setattr(Description, "to_openapi_schema", lambda config: made.append(config) or make(config))
    with TestClient(application(service, Hints(), rounds_here=False)) as client:
        assert client.get("/healthz").status_code == 200
        assert made == []
        first, again = (client.get("/schema/openapi.json", headers=KIOSK).json() for _ in range(2))
    assert first == again
    assert len(made) == 1


def test_only_refusals_that_an_endpoint_has_are_described(paths: dict[str, Any]) -> None:
    asked = {f"{method} {path}": set(each["responses"]) for path, of in paths.items() for method, each in of.items()}
    assert asked[f"get {STATE}"] == {"200", "401", "403", "404", "422", "500", "503"}
    assert asked[f"post {CALL}"] == asked[f"get {STATE}"] | {"204", "409"}
    assert asked["get /v1/sync/pull"] == asked[f"get {STATE}"] | {"410"}
    assert asked["put /v1/blobs/{sha256}"] == asked[f"get {STATE}"] | {"409", "413", "429", "507"}
    assert "401" not in asked["post /v1/enrolments"]
    for said in asked.values():
        assert {"422", "500", "503"} < said
        assert not {"400", "405"} & said


def test_what_is_no_json_is_described_as_what_it_is(paths: dict[str, Any]) -> None:
    def kinds(path: str) -> set[str]:
        return set(paths[path]["get"]["responses"]["200"]["content"])

    assert kinds("/v1/halls/{hall}/stream") == {"text/event-stream"}
    assert kinds("/v1/halls/{hall}/ledgers/tickets.csv") == {"text/csv"}
    assert len(kinds("/v1/blobs/{sha256}")) == 4
    assert "application/yaml" in kinds("/v1/catalogue/versions/{version}/export")
    assert kinds(STATE) == {"application/json"}


def test_a_call_of_nobody_is_described_apart_from_a_call(paths: dict[str, Any]) -> None:
    answers = paths[CALL]["post"]["responses"]
    assert answers["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/TicketCalled"}
    assert "content" not in answers["204"]


def test_bodies_that_are_taken_as_they_are_are_described(paths: dict[str, Any]) -> None:
    assert "application/yaml" in paths["/v1/catalogue/versions"]["post"]["requestBody"]["content"]
    assert set(paths["/v1/blobs/{sha256}"]["put"]["requestBody"]["content"]) == {"application/octet-stream"}


def test_what_is_asked_without_a_token_is_described_so(paths: dict[str, Any]) -> None:
    assert paths["/v1/enrolments"]["post"]["security"] == []
    assert paths["/v1/sessions"]["post"]["security"] == [{}, {"bearer": []}]
    assert paths["/halls/{hall}/board/state"]["get"]["security"] == [{}, {"bearer": []}]
