"""What a centre may set of its pages, in ``pages.toml`` beside the database; nothing there is needed."""

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

FILE = "pages.toml"
MAX_TICKER = 60
"""Characters of the board's bottom line (design/design.md section 12)."""
OWN_PACK = Path(__file__).parent / "voice"


class PageSettingsError(ValueError):
    """The file says something that cannot be; the text names the place."""


@dataclass(frozen=True, slots=True)
class PageSettings:
    """``board_open``: the board needs no enrolled device; ``voice_pack``: a folder with manifest.json and clips."""

    board_open: bool = False
    ticker: str = ""
    voice_pack: Path = OWN_PACK


def read_settings(data: Path, *, demo: bool) -> PageSettings:
    """Return the settings of this installation; the demo's board stands open.

    Raises:
        PageSettingsError: no TOML, an unknown key, a wrong value, or a ticker that is too long.
    """
    settings = PageSettings(board_open=demo)
    path = data / FILE
    if not path.exists():
        return settings
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise PageSettingsError(FILE) from error
    for name, value in values.items():
        settings = _with(settings, data, name, value)
    return settings


def _with(settings: PageSettings, data: Path, name: str, value: object) -> PageSettings:
    kinds = {field.name: type(getattr(settings, field.name)) for field in fields(settings)}
    if name == "voice_pack" and isinstance(value, str):
        value = data / value
    if name not in kinds or not isinstance(value, kinds[name]):
        raise PageSettingsError(f"{FILE}: {name}")
    if isinstance(value, str) and len(value) > MAX_TICKER:
        raise PageSettingsError(f"{FILE}: {name}")
    return replace(settings, **{name: value})
