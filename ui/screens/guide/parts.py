"""What the composition root hands to the guide desk's window."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.paper.blocks import Document
from app.ports.clock import Clock
from sync.client.guide import GuideWish
from sync.protocol.messages import NumberSlip

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class GuideParts:
    """``submit`` sends an act; ``fill`` makes the paper of a number and raises ``PaperError``.

    ``print_paper(document, reprint)`` takes it into the spool and returns its job, ``settle`` says that a person looked
    after a paper in doubt; ``render`` is slow.
    ``listen`` begins to tell the bridge of the hall: nothing is heard before there is somebody who can answer.
    """

    guide: str
    clock: Clock
    submit: Callable[[GuideWish], None]
    fill: Callable[[NumberSlip], Document]
    render: Callable[[Document, int], "Image"]
    print_paper: Callable[[Document, int], str]
    settle: Callable[[], None]
    listen: Callable[[], None]
