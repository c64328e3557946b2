"""The counter's schema only ever goes up; every migration's ``downgrade`` ends here."""

from typing import NoReturn


def refuse_downgrade() -> NoReturn:
    """Refuse: what an older program does not know it would drop, and this is a legal record.

    Raises:
        NotImplementedError: always.
    """
    raise NotImplementedError("the counter's store is never taken back to an older schema")
