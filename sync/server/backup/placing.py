"""What a restore puts into the folder of data goes again where the restore is not finished."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def taken_back_on_failure(data: Path) -> Iterator[list[Path]]:
    """Yield a list of files placed below ``data``; where the block fails, they go with the folders that are empty then.

    Raises:
        OSError: a file cannot be deleted.
    """
    placed: list[Path] = []
    try:
        yield placed
    except BaseException:
        for each in placed:
            each.unlink(missing_ok=True)
            _drop_empty(each.parent, data)
        raise


def _drop_empty(folder: Path, data: Path) -> None:
    """Delete a folder and those above it up to ``data`` as far as nothing else lies in them."""
    with suppress(OSError):  # the first one that is not empty, or was never made
        while folder != data:
            folder.rmdir()
            folder = folder.parent
