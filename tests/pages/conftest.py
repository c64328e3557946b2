"""The real server with its demo hall in a process of its own, one counter that signs, and Debian's Chromium."""

import http.client
import json
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, sync_playwright

from app.commands.system_clock import SystemClock
from app.domain.business_day import business_date
from app.domain.catalogue.checklist import checklist
from app.domain.catalogue.gate import build
from app.domain.catalogue.item import Item
from app.domain.operation import GENESIS, SCHEMA, Actor, Operation, operation_hash, payload_hash, to_wire
from app.domain.serials import CaseNumber
from app.ports.clock import new_id
from sync.server.catalogue_yaml import read

ROOT = Path(__file__).parents[2]
# What these tests share stands beside this file, and test folders are no packages.
sys.path.append(str(Path(__file__).parent))
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
QUERY_CODE = "K7M2"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def text(self) -> str:
        return self.raw.decode("utf-8")


@dataclass
class Hall:
    """The server's process, what its files say, and the programs around it."""

    data: Path
    process: subprocess.Popen[str] = field(init=False)
    url: str = ""

    def start(self, port: int = 0) -> "Hall":
        command = [sys.executable, "-m", "app.main", "server", "--db", f"sqlite:///{self.data}/server.db"]
        command += ["--data", str(self.data), "--demo", "--port", str(port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            self.process.stdout.close()
            pytest.fail(f"the server ended with {self.process.wait(20)} before it listened")
        self.url = json.loads(line)["listening"]
        return self

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.stdout is not None
        self.process.stdout.close()
        try:
            self.process.wait(120)
        finally:
            self.process.kill()
            self.process.wait()

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def credentials(self) -> Any:
        return json.loads((self.data / "demo-credentials.json").read_text("utf-8"))

    @property
    def links(self) -> dict[str, str]:
        links: dict[str, str] = json.loads((self.data / "demo-pages.json").read_text("utf-8"))
        return links

    def ask(
        self, method: str, path: str, who: str | None = None, body: Any = None, *, form: Any = None, cookie: str = ""
    ) -> Answer:
        headers = {"Idempotency-Key": secrets.token_hex(8)} if method == "POST" else {}
        if who is not None:
            headers["Authorization"] = f"Bearer {self.credentials['tokens'].get(who, who)}"
        if cookie:
            headers["Cookie"] = cookie
        headers["Content-Type"] = "application/json" if form is None else "application/x-www-form-urlencoded"
        raw = b"" if body is None else json.dumps(body).encode()
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=20)
        try:
            connection.request(method, path, raw if form is None else urlencode(form), headers)
            answer = connection.getresponse()
            return Answer(answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def issue(self, business: str = "A") -> str:
        return str(
            self.ask("POST", "/v1/halls/9901/tickets", "kiosk", {"business": business, "priority": None}).json["number"]
        )

    def call(self, window: str) -> Any:
        """Return the number called, None when nobody waits."""
        answer = self.ask("POST", f"/v1/halls/9901/windows/{window}/call-next", window)
        return answer.json["number"] if answer.raw else None

    def administrator(self) -> str:
        body = {"clerk": "0903", "password": self.credentials["clerks"]["0903"]}
        return str(self.ask("POST", "/v1/sessions", None, body).json["session"])


@dataclass
class Counter:
    """A counter of window A01 that takes cases in and signs what it says."""

    hall: Hall
    window: str = "A01"
    number: str = ""
    device: str = ""
    seq: int = 0
    head: str = GENESIS
    incarnation: str = field(default_factory=lambda: secrets.token_hex(8))
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    clock: SystemClock = field(default_factory=SystemClock)

    def register(self) -> "Counter":
        body = {"incarnation": self.incarnation, "public_key": self.key.public_key().public_bytes_raw().hex()}
        answer = self.hall.ask("POST", "/v1/counters", self.window, body).json
        self.device, self.number = answer["device"], answer["counter"]
        return self

    def push(self, kind: str, entity: str, entity_id: str, payload: dict[str, Any]) -> str:
        self.seq += 1
        unsigned = Operation(
            schema=SCHEMA,
            op_id=new_id(self.clock),
            device=self.device,
            incarnation=self.incarnation,
            seq=self.seq,
            hall="9901",
            kind=kind,
            kind_version=1,
            entity=entity,
            entity_id=entity_id,
            base_rev=None,
            actor=Actor(clerk="0301", acting_for=None, post="clerk", department="D-SJ", window=self.window),
            wall_ms=self.clock.now_ms(),
            mono_ms=0,
            payload=payload,
            payload_hash=payload_hash(payload),
            prev_hash=self.head,
            signature="",
        )
        signed = replace(unsigned, signature=self.key.sign(operation_hash(unsigned).encode()).hex())
        self.head = operation_hash(signed)
        body = {
            "device": self.device,
            "incarnation": self.incarnation,
            "first_seq": self.seq,
            "ops": [to_wire(signed)],
        }
        return str(self.hall.ask("POST", "/v1/sync/push", self.window, body).json["results"][0]["status"])

    def accept(self, item_id: str = "ITM-02", **changes: Any) -> dict[str, Any]:
        """Take a case in and return it as the counter holds it."""
        item = published(item_id)
        answers = {each.key: each.options[0] for each in item.situations}
        due = [each.material.id for each in checklist(item, answers)]
        today = business_date(self.clock.now_ms())
        case_id = new_id(self.clock)
        case = {
            "case_id": case_id,
            "case_no": str(CaseNumber("9901", self.number, today, self.seq + 1)),
            "hall": "9901",
            "window": self.window,
            "counter": self.number,
            "business_date": today.isoformat(),
            "item_id": item.id,
            "item_name": item.name,
            "catalogue_version": 1,
            "department": "D-SJ",
            "state": "accepted",
            "rev": 1,
            "applicant": {"name": "陈某某", "number": "990101199003070015", "phone": "15400000001"},
            "agent": None,
            "answers": answers,
            "verdicts": {each: {"verdict": "ok", "reason": "", "check_failed": False} for each in due},
            "form": {},
            "clerk": "0301",
            "first_clerk": "0301",
            "accepted_ms": self.clock.now_ms(),
            "accepted_on": today.isoformat(),
            "promised_due": _workday(today, 9).isoformat(),
            "statutory_due": _workday(today, 28).isoformat(),
            "provisional": False,
            "doc_no": f"示食许受〔{today:%Y}〕{self.number}-{self.seq + 1:04}号",
            "query_code": QUERY_CODE,
            "rating_token": secrets.token_hex(16),
            "visit_id": None,
            **changes,
        }
        kind = "case.completed" if case["state"] == "delivered" else "case.accepted"
        assert self.push(kind, "case", case_id, case) == "applied"
        return case


@cache
def published(item_id: str) -> Item:
    """Return an item as the demo hall publishes it."""
    document = read((ROOT / "resources" / "catalogue" / "demo-9901.yaml").read_bytes()).document
    return build(document).items[item_id]


def _workday(day: date, days: int) -> date:
    """Return a Monday-to-Friday day about so many days later."""
    later = day + timedelta(days=days)
    return later + timedelta(days=max(0, 7 - later.weekday()) if later.weekday() > 4 else 0)


@dataclass
class Seen:
    """What a browser did: its complaints, and whom it asked."""

    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    sizes: dict[str, int] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def _request(self, request: Request) -> None:
        self.hosts.add(urlsplit(request.url).netloc)

    def _response(self, response: Response) -> None:
        length = response.headers.get("content-length")
        if length is not None:
            self.sizes[response.url] = int(length)


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo hall that was set up once: hashing twenty passwords takes seconds."""
    made = Hall(tmp_path_factory.mktemp("made")).start()
    made.stop()
    return made.data


@pytest.fixture(scope="session")
def hall(set_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    data = tmp_path_factory.mktemp("hall") / "server"
    running = Hall(shutil.copytree(set_up, data)).start()
    yield running
    running.stop()


@pytest.fixture
def own_hall(set_up: Path, tmp_path: Path) -> Iterator[Hall]:
    """A server that a test may stop."""
    running = Hall(shutil.copytree(set_up, tmp_path / "server")).start()
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture(scope="session")
def counter(hall: Hall) -> Counter:
    return Counter(hall).register()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def open_page(browser: Browser, seen: Seen) -> Iterator[Callable[..., Page]]:
    """Open pages in a fresh browser profile, under watch."""
    contexts: list[BrowserContext] = []

    def open_one(url: str, width: int = 390, height: int = 844, *, script: str = "", **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        if script:
            page.add_init_script(script)
        seen.watch(page)
        page.goto(url)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def kiosk_state(hall: Hall, browser: Browser) -> Any:
    """The cookies of the one browser that is the hall's kiosk."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(hall.links["kiosk_enrolment"])
    page.get_by_role("button", name="登记这台设备").click()
    page.wait_for_url("**/halls/9901/kiosk")
    state = context.storage_state()
    context.close()
    return state
