"""What the composition root hands to the reviewer's window."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from typing_extensions import override

from app.domain.clerk import Clerk
from app.domain.paper.blocks import Document
from app.domain.paper.markup import Template
from app.ports.clock import Clock
from app.ports.result_scan import ResultScans, ScanAbsent
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused

if TYPE_CHECKING:
    from PIL.Image import Image


def _unknown(_number: str, _password: str) -> Clerk:
    """Vouch for nobody: without the server's word nobody is known."""
    raise ActRefused(ActRefusal.OFFLINE_UNKNOWN)


class _NoScans(ResultScans):
    """A computer whose disk nobody may read."""

    @override
    def newest(self) -> bytes:
        """See ``ResultScans``."""
        raise ScanAbsent("result_scan_no_folder")

    @override
    def named(self, path: str) -> bytes:
        """See ``ResultScans``."""
        raise ScanAbsent("result_scan_unreadable")


@dataclass(frozen=True, slots=True)
class ReviewParts:
    """``wake_records`` asks for whole cases the feed told of, ``render_a4`` draws a page; ``a4`` names the printer.

    ``vouch`` signs in who stands beside the reviewer, by number and password; ``scans`` reads the file of a higher
    authority's document.
    """

    clerk: Clerk
    window: str
    store: Store
    clock: Clock
    templates: Mapping[str, Template]
    render_a4: Callable[[Document, int], "Image"]
    wake_a4: Callable[[], None]
    wake_sync: Callable[[], None]
    wake_records: Callable[[], None]
    vouch: Callable[[str, str], Clerk] = _unknown
    scans: ResultScans = field(default_factory=_NoScans)
    a4: str = ""
