"""The counter's card reader from its settings: no reader is no fault, an address that can be none is told at once."""

from app.commands.settings import ReaderSettings
from app.ports.card_reader import Listener
from app.ports.clock import Clock
from devices.errors import DeviceError
from devices.sam.driver import SamCardReader
from devices.sam.line import line_to
from ui.application import NotOpen


def start_reader(settings: ReaderSettings | None, clock: Clock, listener: Listener) -> SamCardReader | None:
    """Begin to watch the reader, if the counter has one.

    Raises:
        NotOpen: the address is none that a reader can have.
    """
    if settings is None:
        return None
    try:
        make_line = line_to(settings.url, clock, settings.baud_rate)
    except DeviceError as error:
        raise NotOpen("settings_wrong_value", place="reader.url", final=True) from error
    reader = SamCardReader(make_line, with_newest_address=settings.newest_address)
    reader.start(listener)
    return reader
