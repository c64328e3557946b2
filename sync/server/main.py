"""Starts the central server: key, database, hall, then HTTP until SIGTERM; one JSON line says where it listens."""

import json
import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing

from app.ports.clock import Clock
from sync.protocol.interface import Refused
from sync.server import demo_hall, demo_pages, demo_publish
from sync.server.catalogue_yaml import read
from sync.server.enrol_here import enrol_here
from sync.server.messages import text
from sync.server.service.context import Context
from sync.server.service.index_cases import index_missing
from sync.server.service.ledgers.keep import keep_missing
from sync.server.service.prune import prune
from sync.server.service.retry_unknown import retry_unknown
from sync.server.serving import Serving, pages_of
from sync.server.starting import LOG_FORMAT, Settings, StartRefused, beginning, database_of, key_of, listen
from sync.server.storage.cipher import AesGcmCipher
from sync.server.workers import serve_by_several

DONE = 0
REFUSED = 3

__all__ = ("DONE", "REFUSED", "Settings", "run")


def run(settings: Settings, clock: Clock) -> int:
    """Serve until SIGTERM or SIGINT; the exit status is 0, or 3 with a JSON line that says why it did not start."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
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
    key = key_of(settings, clock)
    if settings.enrol is not None:
        _enrol(settings, clock, key, settings.enrol)
        return
    serving = Serving(settings, clock, key)
    with listen(settings.host, settings.port) as listener:
        base_url = _url(settings.host, listener.getsockname()[1])
        with closing(database_of(settings, clock)) as storage:
            context = Context(storage, clock, AesGcmCipher(key, clock.random_bytes))
            with beginning(settings):
                prune(context)
                index_missing(context)
                keep_missing(context)
                retry_unknown(context)
            pages_of(settings, context)  # what is wrong with them is told before anybody serves
            publish = _demo(settings, context, base_url) if settings.demo else _nothing

            def ready() -> str | None:
                return _ready(publish, base_url)

            if settings.workers == 1:
                failed = serving.run(storage, listener, ready, lone=True)
        if settings.workers > 1:
            failed = serve_by_several(serving, listener, ready)
        if failed is not None:
            raise StartRefused("demo_failed", detail=failed)


def _enrol(settings: Settings, clock: Clock, key: bytes, place: str) -> None:
    try:
        enrol_here(database_of(settings, clock), clock, key, place)
    except Refused as refused:
        raise StartRefused(refused.code) from refused


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
