"""Makes the answers of the pages: a template, and the headers that keep strangers out of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from litestar import Response

from sync.server.pages.assets import Asset
from sync.server.pages.qr import qr_svg
from sync.server.pages.words import long_day, moment, short_day

HEADERS = {
    # No inline script or style, no other host, no frame: what a citizen typed can never run.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # The address of a rating holds its token.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


class Pages:
    """The templates of one application with the versions of its files."""

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        self.assets = assets
        self._templates = SandboxedEnvironment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["asset"] = self._address
        self._templates.filters |= {"long_day": long_day, "short_day": short_day, "moment": moment, "qr_svg": qr_svg}

    def answer(self, template: str, /, *, status: int = 200, **values: Any) -> Response[str]:
        """Return a page."""
        html = self._templates.get_template(template).render(values)
        return Response(html, status_code=status, media_type="text/html; charset=utf-8", headers=dict(HEADERS))

    def _address(self, name: str) -> str:
        return f"/pages/{name}?v={self.assets[name].version}"
