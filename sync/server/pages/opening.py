"""Puts together what the pages need at the start: settings, templates, files, and the count of wrong answers."""

from pathlib import Path

from sync.server.pages.assets import read_assets
from sync.server.pages.render import Pages
from sync.server.pages.settings import PageSettings, read_settings
from sync.server.pages.visitor import page_state
from sync.server.service.attempts import Attempts
from sync.server.service.context import Context


def open_pages(data: Path, context: Context, *, demo: bool) -> dict[str, object]:
    """Return the pages' part of the application's state.

    Raises:
        PageSettingsError: ``pages.toml`` is wrong.
        VoicePackError: the voice pack it names cannot be used.
    """
    return _opened(read_settings(data, demo=demo), context)


def plain_pages(context: Context) -> dict[str, object]:
    """Return the pages of an installation without settings."""
    return _opened(PageSettings(), context)


def _opened(settings: PageSettings, context: Context) -> dict[str, object]:
    return page_state(Pages(read_assets(settings.voice_pack)), settings, Attempts(context))
