"""Styles, scripts and voice clips: read once at the start, served by name alone, so that no path leads elsewhere."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sync.server.pages.settings import OWN_PACK

MANIFEST = "manifest.json"
_STATIC = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".ogg": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
}
_LIST = f"voice/{MANIFEST}"
_SPARE = "shipped-"
"""What the names of the shipped clips begin with where they stand beside a site's own."""
_MAX_CLIP_BYTES = 512 * 1024


class VoicePackError(ValueError):
    """The folder is no voice pack; the text names the clip or file."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent; ``version`` changes with its bytes."""

    content: bytes
    media_type: str
    version: str


def read_assets(voice_pack: Path) -> Mapping[str, Asset]:
    """Return all files by the name in their address: ``board.css``, ``voice/manifest.json``, ``voice/0.ogg``.

    Raises:
        VoicePackError: a clip the manifest names is missing, too large, or of another kind than sound.
    """
    found = {path.name: _asset(path) for path in sorted(_STATIC.iterdir()) if path.suffix in _TYPES}
    return found | _voice(voice_pack)


def _voice(pack: Path) -> dict[str, Asset]:
    """Read a pack; what a site's own does not say is said by the shipped one, so that no word of a call is left out."""
    if pack == OWN_PACK:
        return _read_pack(pack)
    own, shipped = _read_pack(pack), _read_pack(OWN_PACK)
    manifest, spare = json.loads(own[_LIST].content), json.loads(shipped[_LIST].content)
    missing = {word: name for word, name in spare["clips"].items() if word not in manifest["clips"]}
    clips = {**manifest["clips"], **{word: _SPARE + name for word, name in missing.items()}}
    whole = {"gap_ms": spare["gap_ms"], **manifest, "clips": clips}
    content = json.dumps(whole, ensure_ascii=False).encode()
    added = {f"voice/{_SPARE}{name}": shipped[f"voice/{name}"] for name in missing.values()}
    return {**own, **added, _LIST: _asset_of(content, ".json")}


def _read_pack(pack: Path) -> dict[str, Asset]:
    """Read the clips the manifest names, and nothing else of the folder."""
    try:
        clips = json.loads((pack / MANIFEST).read_text("utf-8"))["clips"]
        names = sorted({*clips.values()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise VoicePackError(MANIFEST) from error
    found = {_LIST: _asset(pack / MANIFEST)}
    for name in names:
        path = pack / str(name)
        if path.parent != pack or not _TYPES.get(path.suffix, "").startswith("audio/") or not path.is_file():
            raise VoicePackError(str(name))
        if path.stat().st_size > _MAX_CLIP_BYTES:
            raise VoicePackError(str(name))
        found[f"voice/{name}"] = _asset(path)
    return found


def _asset(path: Path) -> Asset:
    return _asset_of(path.read_bytes(), path.suffix)


def _asset_of(content: bytes, suffix: str) -> Asset:
    return Asset(content, _TYPES[suffix], hashlib.sha256(content).hexdigest()[:12])
