"""Publishes the demo's calendar and catalogue over HTTP, as administrators 0903 and 0904 would."""

import http.client
import json
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

SUBMITTER, APPROVER = "0903", "0904"
CATALOGUE = "demo-9901.yaml"
_TIMEOUT_S = 30


class DemoNotPublishedError(Exception):
    """The server's own gate said no, or did not answer."""


def catalogue_bytes() -> bytes:
    """Return the demo catalogue as it is shipped."""
    return (resources.files("resources") / "catalogue" / CATALOGUE).read_bytes()


def publish(credentials: Mapping[str, Any]) -> None:
    """Bring in every calendar year, and the catalogue unless one is published; doing it again changes nothing.

    Raises:
        DemoNotPublishedError: with the server's answer.
    """
    server = _Server(credentials["base_url"])
    submitter, approver = (server.sign_in(each, credentials["clerks"]) for each in (SUBMITTER, APPROVER))
    for year in _calendar_years():
        body = json.dumps({"year": year["year"], "table": year})
        for administrator in (submitter, approver):
            server.ask("POST", "/v1/calendar/years", administrator, body)
    state = server.ask("GET", f"/v1/halls/{credentials['hall']}/state", credentials["tokens"]["manager"])
    if state["businesses"]:
        return
    version = server.ask("POST", "/v1/catalogue/versions", submitter, catalogue_bytes(), key=CATALOGUE)["version"]
    server.ask("POST", f"/v1/catalogue/versions/{version}/approve", approver)


class _Server:
    def __init__(self, base_url: str) -> None:
        self._address = urlsplit(base_url).netloc

    def sign_in(self, clerk: str, passwords: Mapping[str, str]) -> str:
        body = json.dumps({"clerk": clerk, "password": passwords[clerk]})
        session: str = self.ask("POST", "/v1/sessions", None, body)["session"]
        return session

    def ask(
        self, method: str, path: str, token: str | None, body: str | bytes = b"", *, key: str | None = None
    ) -> dict[str, Any]:
        headers = {"Content-Type": "application/yaml" if isinstance(body, bytes) else "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        if key is not None:
            headers["Idempotency-Key"] = key
        connection = http.client.HTTPConnection(self._address, timeout=_TIMEOUT_S)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        except OSError as error:
            raise DemoNotPublishedError(str(error)) from error
        finally:
            connection.close()
        if response.status >= http.client.BAD_REQUEST:
            raise DemoNotPublishedError(content.decode("utf-8", "replace")[:500])
        answer: dict[str, Any] = json.loads(content)
        return answer


def _calendar_years() -> list[dict[str, Any]]:
    folder = resources.files("resources") / "calendar"
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".toml"))
    return [_table(tomllib.loads((folder / name).read_text("utf-8"))) for name in names]


def _table(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a shipped year as ``app.domain.calendar_document`` spells it."""
    source = content["source"]
    issued = source.get("issued")
    return {
        "year": content["year"],
        "status": content["status"],
        "version": content["version"],
        "rest_days": sorted(str(day) for feast in content["feast"] for day in feast["rest"]),
        "make_up_workdays": sorted(str(day) for feast in content["feast"] for day in feast["work"]),
        "source": {"title": source["title"], "number": source.get("number"), "issued": issued and str(issued)},
    }
