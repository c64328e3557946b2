"""Serves a hall's database from this process: service, pages, copies, hints, until a signal."""

import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from app.ports.clock import Clock
from sync.server.http.application import application
from sync.server.http.hints import Hints
from sync.server.http.uvicorn_server import serve
from sync.server.malloc import keep_small
from sync.server.pages.assets import VoicePackError
from sync.server.pages.opening import open_pages
from sync.server.pages.settings import PageSettingsError
from sync.server.service.central import CentralService
from sync.server.service.context import Context
from sync.server.service.take_blob import Blobs
from sync.server.starting import Settings, StartRefused
from sync.server.storage.blob_files import BlobFiles
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.engine import Storage

Ready = Callable[[], str | None]
"""Called once the port answers; returns what went wrong, or None."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What every process of a server works with; a value that goes to another process whole."""

    settings: Settings
    clock: Clock
    key: bytes

    def run(self, storage: Storage, listener: socket.socket, ready: Ready, *, lone: bool) -> str | None:
        """Serve from this process until a signal; returns what ``ready`` said went wrong.

        ``lone``: no other process of this server does what time alone asks for.

        Raises:
            StartRefused: ``pages_settings_wrong``, ``voice_pack_wrong``.
        """
        keep_small()
        hints = Hints()
        with closing(storage.notifier()) as notifier:
            cipher = AesGcmCipher(self.key, self.clock.random_bytes)
            service = CentralService(storage, self.clock, cipher, notifier.tell)
            blobs = Blobs(BlobFiles(self.settings.data, cipher), self.settings.copies_gb << 30)
            pages = pages_of(self.settings, service.context)
            app = application(service, hints, pages, blobs, rounds_here=lone, data=self.settings.data)
            notifier.start(hints.changed)
            return serve(app, hints, listener, ready)


def pages_of(settings: Settings, context: Context) -> dict[str, object]:
    """Return the pages' part of the application's state.

    Raises:
        StartRefused: ``pages_settings_wrong``, ``voice_pack_wrong``.
    """
    try:
        return open_pages(settings.data, context, demo=settings.demo)
    except PageSettingsError as error:
        raise StartRefused("pages_settings_wrong", place=error) from error
    except VoicePackError as error:
        raise StartRefused("voice_pack_wrong", place=error) from error
