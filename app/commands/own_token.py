"""This computer's token: in the file the settings name, or where an enrolment put it."""

from pathlib import Path

from app.ports.store_fault import StoreFault
from app.storage.device_token import token_place


class TokenMissing(Exception):  # noqa: N818 - a state of the installation, told to the administrator
    """There is no token, or it cannot be read; ``place`` is where it should be."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def read_token(file: Path | None, key_store: str, data: Path) -> str:
    """Return the bearer token.

    Raises:
        TokenMissing: it is not there.
    """
    try:
        if file is not None:
            token = file.read_text(encoding="ascii").strip()
        else:
            token = (token_place(key_store, data).read() or "").strip()
    except (OSError, UnicodeError, StoreFault) as error:
        raise TokenMissing(str(file or key_store)) from error
    if not token or not token.isprintable():
        raise TokenMissing(str(file or key_store))
    return token
