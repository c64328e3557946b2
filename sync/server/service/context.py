"""What every verb of the service works with."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.business_day import business_date
from app.domain.catalogue.catalogue import Catalogue
from app.ports.clock import Clock
from sync.server.service.hall_plan import HallPlan, plan_of
from sync.server.storage import catalogue, halls
from sync.server.storage.cipher import Cipher
from sync.server.storage.engine import Storage, Transaction


def _nobody(_hall: str) -> None:
    """Stand in where nobody waits for hints."""


@dataclass(frozen=True, slots=True)
class Context:
    """Storage, clock and cipher; ``changed`` is called with the hall after a commit that moved its feed."""

    storage: Storage
    clock: Clock
    cipher: Cipher
    changed: Callable[[str], None] = _nobody
    _plans: dict[tuple[str, int], HallPlan] = field(default_factory=dict)
    catalogues: dict[tuple[str, int], Catalogue] = field(default_factory=dict)
    """Parsed versions, as ``published_catalogue`` keeps them."""
    heard: dict[tuple[str, str], int] = field(default_factory=dict)
    """By hall and window when this process last wrote down that its counter was heard (``heard``)."""
    staffed: dict[str, int] = field(default_factory=dict)
    """By hall the version whose staff this process took over last (``due_staff``)."""
    told: set[str] = field(default_factory=set)
    """Halls that were never restored, or are over it (``restored``): this process asks no more."""

    def today(self) -> str:
        """Return the business date in Asia/Shanghai, ISO."""
        return business_date(self.clock.now_ms()).isoformat()

    def plan(self, connection: Transaction, hall: str) -> HallPlan:
        """Return the hall's plan of the newest catalogue in force, as counters read it; an empty one before the first.

        A published version never changes, so each is read once.
        """
        return self._plan(connection, hall, catalogue.current_number(connection, hall, self.today()))

    def plan_to_call(self, connection: Transaction, hall: str) -> HallPlan:
        """Return the plan, as ``plan``, and be the only one who calls by it until the transaction ends."""
        return self._plan(connection, hall, catalogue.take_turn(connection, hall, self.today()))

    def _plan(self, connection: Transaction, hall: str, number: int | None) -> HallPlan:
        if number is None:
            return HallPlan()
        key = (hall, number)
        if key not in self._plans:
            version = catalogue.get(connection, hall, number)
            self._plans[key] = plan_of(version.document) if version else HallPlan()
        return self._plans[key]

    def server_incarnation(self, connection: Transaction) -> str:
        """Return what tells this database from one restored from a backup."""
        return halls.incarnation(connection) or ""
