"""Asks the server for this computer's identity: no token yet, but a one-time code."""

from app.domain.canonical import digest
from app.domain.rights import Role
from app.ports.clock import Clock
from app.ports.enrolment import EnrolmentRefused, Identity
from sync.client.http import HttpCentralServer
from sync.protocol.enrolment_messages import DeviceEnrolled, TakeCode
from sync.protocol.interface import NotOurServer, Refused, Unreachable

NO_TOKEN = "none"  # noqa: S105 - says that there is none
_SERVER = {"internal": "enrol_unreachable", "not_found": "enrol_not_ours", "method_not_allowed": "enrol_not_ours"}
"""Answers that say nothing about the code: a server that fails, and one too old to know of codes."""


class HttpEnrolment(HttpCentralServer):
    """Implements ``app.ports.enrolment.EnrolmentDesk``."""

    def __init__(self, base_url: str, clock: Clock) -> None:
        super().__init__(base_url, NO_TOKEN, clock)

    def enrol(self, code: str, public_key: str) -> Identity:
        """See ``EnrolmentDesk``. The key is made of code and computer, so that a lost answer is asked for again."""
        request = TakeCode(code=code, public_key=public_key, now_ms=self._clock.now_ms())
        key = digest(f"enrol/{code}/{public_key}".encode())
        try:
            given = self._post("/v1/enrolments", request, DeviceEnrolled, key)
            role = Role(given.role)
        except (NotOurServer, ValueError) as error:
            raise EnrolmentRefused("enrol_not_ours") from error
        except Unreachable as error:
            raise EnrolmentRefused("enrol_unreachable") from error
        except Refused as refusal:
            raise EnrolmentRefused(_SERVER.get(refusal.code, refusal.code)) from refusal
        return Identity(given.hall, given.device, role, given.window, given.token)
