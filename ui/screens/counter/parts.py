"""What the composition root hands to the counter window: ports and nothing behind them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


from app.domain.clerk import Clerk
from app.domain.paper.blocks import Document
from app.domain.paper.markup import Template
from app.ports.clock import Clock
from app.ports.far_cases import FarCases
from app.ports.queue_authority import QueueAuthority
from app.ports.store import Store
from app.ports.window_display import Showing
from app.usecases.acting import ActRefusal, ActRefused
from ui.screens.counter.rating_ask import RatingPlace


def _nobody(_number: str, _password: str) -> Clerk:
    raise ActRefused(ActRefusal.OFFLINE_UNKNOWN)


def _locked(_password: str) -> None:
    raise ActRefused(ActRefusal.OFFLINE_UNKNOWN)


@dataclass(frozen=True, slots=True)
class CounterParts:
    """``render`` draws a slip in black and white as the printer will.

    ``wake_*`` tell the threads that there is something new;
    ``unlock`` checks the signed-in clerk's password and raises ``ActRefused``; after ``cover_after_s`` without a key
    an idle window is covered, 0 means never. ``drain_sync`` waits at most so many seconds until the server has it.
    ``vouch(number, password)`` returns the person who stands beside the clerk, and raises ``SignInRefused`` or
    ``ActRefused``; the clerk stays signed in.
    """

    window: str
    clerk: Clerk
    store: Store
    clock: Clock
    authority: QueueAuthority
    templates: Mapping[str, Template]
    render: Callable[[Document, int], "Image"]
    wake_printer: Callable[[], None]
    wake_sync: Callable[[], None]
    drain_sync: Callable[[float], bool]
    read_card: Callable[[], None]
    unlock: Callable[[str], None] = _locked
    cover_after_s: int = 120
    far_cases: FarCases | None = None
    vouch: Callable[[str, str], Clerk] = _nobody
    render_a4: Callable[[Document, int], "Image"] | None = None
    wake_a4: Callable[[], None] = lambda: None
    a4: str = ""
    show_display: Callable[[Showing], None] = lambda _: None
    rating: RatingPlace | None = None
