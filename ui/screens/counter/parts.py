"""What the composition root hands to the counter window: ports and nothing behind them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


from app.domain.clerk import Clerk
from app.domain.form_file import FormFile
from app.domain.paper.blocks import Document
from app.domain.paper.markup import Template
from app.ports.block_authority import BlockAuthority
from app.ports.camera import DocumentCamera
from app.ports.clock import Clock
from app.ports.far_cases import FarCases
from app.ports.queue_authority import QueueAuthority
from app.ports.store import Store
from app.ports.token_verifier import TokenVerifier
from app.ports.tone import Play
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

    ``wake_*`` tell the threads that there is something new; ``other_printer`` is what the settings call the printer
    that papers may be sent to when this window's stands still, empty where there is none, ``a4`` its A4 address;
    ``unlock`` checks the signed-in clerk's password and raises ``ActRefused``; after ``cover_after_s`` without a key
    an idle window is covered, 0 means never. ``drain_sync`` waits at most so many seconds until the server has it.
    ``blocks`` reserves numbers for this window. ``forms`` are the blank forms and samples that go with the program, by
    file.
    ``disk_used`` is the share of the counter's disk in use, 0 to 1.
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
    wake_other: Callable[[], None] = lambda: None
    other_printer: str = ""
    paper_mm: int = 80
    show_display: Callable[[Showing], None] = lambda _: None
    rating: RatingPlace | None = None
    camera: DocumentCamera | None = None
    disk_used: Callable[[], float] = lambda: 0.0
    tokens: Sequence[TokenVerifier] = ()
    play: Play = lambda _: None
    forms: Callable[[], Mapping[str, FormFile]] = dict
    blocks: BlockAuthority | None = None
