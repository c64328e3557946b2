"""Who asks: the identity a bearer token stands for, and what it may do in its one hall."""

from dataclasses import dataclass

from app.domain.rights import Act, Role, may
from sync.server.service.refusals import refusal


@dataclass(frozen=True, slots=True)
class Caller:
    """A device (with its window, if it is a counter) or a person with a session."""

    hall: str
    roles: frozenset[Role]
    device: str | None = None
    window: str | None = None
    clerk: str | None = None

    @property
    def identity(self) -> str:
        """Return what idempotency keys are kept under."""
        return f"device:{self.device}" if self.device else f"clerk:{self.clerk}"

    def require(self, act: Act, hall: str | None = None) -> None:
        """Check the right, and that the hall is the caller's own: another hall's rows do not exist for them.

        Raises:
            Refused: ``forbidden`` or ``unknown_hall``.
        """
        if not may(self.roles, act):
            raise refusal("forbidden")
        if hall is not None and hall != self.hall:
            raise refusal("unknown_hall")
