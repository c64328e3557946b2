"""What a service has to show before the server takes it, whichever act it came with (domain rule L20)."""

from app.domain.service import WORDS, Service, proof_fault
from sync.server.service.desk import Parked, Reason
from sync.server.storage.clerks import Profile


def check_proof(service: Service | None, actor: Profile) -> None:
    """Check what a service has to show.

    Raises:
        Parked: ``malformed_payload`` where something is missing, or another clerk served.
    """
    if service is None or proof_fault(service) is not None or service.by != actor.clerk:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if service.how != WORDS[service.mode]:
        raise Parked(Reason.MALFORMED_PAYLOAD)
