"""The module at the other end of the wire: what a reader answers while cards are laid on it and lifted."""

from enum import StrEnum

from app.domain.id_card import IdCard
from devices.sam import card as card_text
from devices.sam import commands
from devices.sam.commands import FIND, NEWEST_ADDRESS, READ, RESET, SAM_ID, SELECT, STATUS

SAM_ID_DATA = bytes.fromhex("05000100 09B83201 05BE1200 ADC5B111")
PHOTO_SIZE = 1024


class CardState(StrEnum):
    """How far the card on the reader has come."""

    NO_CARD = "no_card"
    PRESENT = "present"
    FOUND = "found"
    SELECTED = "selected"
    READ = "read"
    MUST_LIFT = "must_lift"


class Module:
    """A SAM module without its wire.

    Sources differ on what find answers while a card that was read stays on the reader: ``find_after_read`` chooses
    between "found" (9F) and "none" (80). Select and read work in both. After a failed read nothing works until the
    card is lifted.
    """

    def __init__(self, *, find_after_read: bool = True) -> None:
        self.find_after_read = find_after_read
        self.state = CardState.NO_CARD
        self._block = b""
        self._newest_address = ""
        self._replies = {
            RESET.code: lambda: _status(commands.OK),
            STATUS.code: lambda: _status(commands.OK),
            SAM_ID.code: lambda: _status(commands.OK, SAM_ID_DATA),
            FIND.code: self._find,
            SELECT.code: self._select,
            READ.code: self._read,
            NEWEST_ADDRESS.code: self._address,
        }

    def lay(self, card: IdCard, newest_address: str = "") -> None:
        """Lay a card, in place of any other.

        Raises:
            ValueError: a text does not fit its field on the chip.
        """
        if len(newest_address.encode("utf-16-le")) > commands.ADDRESS_SIZE:
            raise ValueError("newest_address is longer than 35 characters")
        self._block = card_text.encode(card)
        self._newest_address = newest_address
        self.state = CardState.PRESENT

    def lift(self) -> None:
        """Take the card away."""
        self._block = b""
        self.state = CardState.NO_CARD

    def answer(self, request: bytes) -> bytes:
        """Return the payload of the answer to a request's payload: SW1 SW2 SW3 data."""
        reply = self._replies.get(request)
        return reply() if reply else _status(0x21)

    def spoil(self) -> None:
        """Make the card unreadable until it is lifted, as after a read error."""
        if self.state is not CardState.NO_CARD:
            self.state = CardState.MUST_LIFT

    def _find(self) -> bytes:
        if self.state in (CardState.READ, CardState.MUST_LIFT):
            seen = self.find_after_read
        else:
            seen = self.state is not CardState.NO_CARD
            self.state = CardState.FOUND if seen else CardState.NO_CARD
        return _status(commands.FOUND, bytes(4)) if seen else _status(0x80)

    def _select(self) -> bytes:
        if self.state not in (CardState.FOUND, CardState.SELECTED, CardState.READ):
            return _status(0x81)
        self.state = CardState.SELECTED
        return _status(commands.OK, bytes(8))

    def _read(self) -> bytes:
        if self.state not in (CardState.SELECTED, CardState.READ):
            self.spoil()
            return _status(0x41)
        self.state = CardState.READ
        sizes = len(self._block).to_bytes(2, "big") + PHOTO_SIZE.to_bytes(2, "big")
        return _status(commands.OK, sizes + self._block + bytes(PHOTO_SIZE))

    def _address(self) -> bytes:
        if self.state is not CardState.READ or not self._newest_address:
            return _status(commands.ABSENT)
        address = self._newest_address.encode("utf-16-le")
        blanks = " ".encode("utf-16-le") * ((commands.ADDRESS_SIZE - len(address)) // 2)
        return _status(commands.OK, address + blanks)


def _status(sw3: int, data: bytes = b"") -> bytes:
    return bytes([0, 0, sw3]) + data
