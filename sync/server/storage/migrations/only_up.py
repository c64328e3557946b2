"""The server's schema only ever goes up; every migration's ``downgrade`` ends here."""

from typing import NoReturn


def refuse_downgrade() -> NoReturn:
    """Refuse: dropping tables drops records; an older schema comes back with the backup it was saved in.

    Raises:
        NotImplementedError: always.
    """
    raise NotImplementedError("the server's store is never taken back to an older schema")
