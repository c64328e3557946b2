"""Starts the central server: key, database, hall, then HTTP until SIGTERM; one JSON line says where it listens."""

import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.ports.clock import Clock
from sync.protocol.interface import Refused
from sync.server import demo_hall, demo_pages, demo_publish
from sync.server.catalogue_yaml import read
from sync.server.enrol_here import enrol_here
from sync.server.http.application import application
from sync.server.http.hints import Hints
from sync.server.http.uvicorn_server import serve
from sync.server.messages import text
from sync.server.pages.assets import VoicePackError
from sync.server.pages.opening import open_pages
from sync.server.pages.settings import PageSettingsError
from sync.server.service.central import CentralService
from sync.server.service.context import Context
from sync.server.service.index_cases import index_missing
from sync.server.service.ledgers.keep import keep_missing
from sync.server.service.prune import prune
from sync.server.storage.cipher import KEY_FILE, AesGcmCipher, KeyMissing, make_key, read_key
from sync.server.storage.engine import DatabaseUnavailableError, Storage, UnsupportedDatabaseError, open_storage

DONE = 0
REFUSED = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line says; ``db`` is ``sqlite:///…`` or ``postgresql://…``, port 0 takes a free one."""

    db: str
    data: Path
    host: str
    port: int
    workers: int
    demo: bool
    enrol: str | None = None
    """A window, or ``manager``: make its one-time code, say it, and serve nothing."""


class StartRefused(Exception):  # noqa: N818 - told to the operator as one JSON line
    """The server cannot start; ``code`` is in the table of messages."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def run(settings: Settings, clock: Clock) -> int:
    """Serve until SIGTERM or SIGINT; the exit status is 0, or 3 with a JSON line that says why it did not start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    os.umask(0o077)  # the database and its journals are for this user only
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    try:
        _serve(settings, clock)
    except StartRefused as refused:
        _say({"error": refused.code, "message": text(refused.code, **refused.values)})
        return REFUSED
    return DONE


def _serve(settings: Settings, clock: Clock) -> None:
    if settings.workers != 1:
        raise StartRefused("workers_unsupported")
    key = _key(settings, clock)
    if settings.enrol is not None:
        _enrol(settings, clock, key, settings.enrol)
        return
    with _listen(settings.host, settings.port) as listener, closing(_open(settings.db, clock)) as storage:
        base_url = _url(settings.host, listener.getsockname()[1])
        hints = Hints()
        service = CentralService(storage, clock, AesGcmCipher(key, clock.random_bytes), hints.changed)
        prune(service.context)
        index_missing(service.context)
        keep_missing(service.context)
        pages = _pages(settings, clock)
        publish = _demo(settings, service.context, base_url) if settings.demo else _nothing
        failed = serve(application(service, hints, pages), hints, listener, lambda: _ready(publish, base_url))
        if failed is not None:
            raise StartRefused("demo_failed", detail=failed)


def _enrol(settings: Settings, clock: Clock, key: bytes, place: str) -> None:
    try:
        enrol_here(_open(settings.db, clock), clock, key, place)
    except Refused as refused:
        raise StartRefused(refused.code) from refused


def _pages(settings: Settings, clock: Clock) -> dict[str, object]:
    try:
        return open_pages(settings.data, clock, demo=settings.demo)
    except PageSettingsError as error:
        raise StartRefused("pages_settings_wrong", place=error) from error
    except VoicePackError as error:
        raise StartRefused("voice_pack_wrong", place=error) from error


def _demo(settings: Settings, context: Context, base_url: str) -> Callable[[], None]:
    document = read(demo_publish.catalogue_bytes()).document
    credentials = demo_hall.set_up(context.storage, context.clock, settings.data, base_url, document)
    demo_pages.write_links(context, settings.data, base_url)
    return lambda: demo_publish.publish(credentials)


def _ready(publish: Callable[[], None], base_url: str) -> str | None:
    """Run once the port answers; returns what went wrong, or None."""
    try:
        publish()
    except demo_publish.DemoNotPublishedError as error:
        return str(error)
    _say({"listening": base_url})
    return None


def _key(settings: Settings, clock: Clock) -> bytes:
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if settings.demo and not any((settings.data / name).exists() for name in (KEY_FILE, demo_hall.CREDENTIALS)):
            make_key(settings.data, clock.random_bytes)
        return read_key(settings.data)
    except KeyMissing as error:
        raise StartRefused("key_missing") from error
    except OSError as error:
        raise StartRefused("data_unusable", place=settings.data) from error


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sets TCP_NODELAY; without it every answer waits 40 ms for a delayed ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise StartRefused("port_taken", port=port) from error
    return listener


def _open(db: str, clock: Clock) -> Storage:
    try:
        return open_storage(db, clock)
    except UnsupportedDatabaseError as error:
        raise StartRefused("database_unsupported") from error
    except DatabaseUnavailableError as error:
        raise StartRefused("database_unavailable") from error


def _url(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - compared, not bound
    return f"http://{shown}:{port}"


def _nothing() -> None:
    """Publish nothing: a real centre's administrators do that themselves."""


def _end(_number: int, _frame: object) -> None:
    raise SystemExit(DONE)


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
