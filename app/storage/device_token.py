"""Where the token of an enrolled computer lives: beside its keys, in the keyring or in a file of the owner alone."""

from pathlib import Path

from app.storage.keys import KeyFile, KeyPlace, SystemKeyring


class TokenFile:
    """A 0600 file that is replaced as a whole: another enrolment gives another token."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str | None:
        """See ``KeyPlace``; raises ``StoreFault`` when others may read the file."""
        return KeyFile(self._path).read()

    def write(self, text: str) -> None:
        """See ``KeyPlace``."""
        fresh = self._path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        KeyFile(fresh).write(text)
        fresh.replace(self._path)


def token_place(kind: str, data: Path) -> KeyPlace:
    """Return where the computer with this data directory keeps its token: ``file`` or ``keyring``."""
    return TokenFile(data / "device.token") if kind == "file" else SystemKeyring(f"{data}/token")
