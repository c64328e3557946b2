"""Puts together what the pages need at the start: settings, templates, files, and the count of wrong answers."""

from pathlib import Path

from app.ports.clock import Clock
from sync.server.pages.assets import read_assets
from sync.server.pages.render import Pages
from sync.server.pages.settings import PageSettings, read_settings
from sync.server.pages.visitor import page_state
from sync.server.service.attempts import Attempts


def open_pages(data: Path, clock: Clock, *, demo: bool) -> dict[str, object]:
    """Return the pages' part of the application's state.

    Raises:
        PageSettingsError: ``pages.toml`` is wrong.
        VoicePackError: the voice pack it names cannot be used.
    """
    return _opened(read_settings(data, demo=demo), clock)


def plain_pages(clock: Clock) -> dict[str, object]:
    """Return the pages of an installation without settings."""
    return _opened(PageSettings(), clock)


def _opened(settings: PageSettings, clock: Clock) -> dict[str, object]:
    return page_state(Pages(read_assets(settings.voice_pack)), settings, Attempts(clock))
