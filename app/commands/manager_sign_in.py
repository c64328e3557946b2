"""Signs a floor manager or a guide in at a desk that has a device token of its own."""

from app.commands.manager_session import NOT_THEIRS, ManagerSession
from app.domain.rights import Role
from app.ports.clerk_authority import SignInRefused
from app.ports.clock import Clock
from sync.client.http import HttpCentralServer
from sync.protocol.interface import Refused, Unreachable
from sync.protocol.messages import OpenSession


def sign_in_manager(
    server_url: str, token: str, hall: str, clock: Clock, given: tuple[str, str], *, role: Role = Role.FLOOR_MANAGER
) -> ManagerSession:
    """Return the session; ``given`` is number and password.

    Raises:
        SignInRefused: the server said no or did not answer, or this is nobody with that role.
    """
    server = HttpCentralServer(server_url, token, clock)
    try:
        opened = server.open_session(OpenSession(clerk=given[0], password=given[1]))
    except Unreachable as error:
        raise SignInRefused("server_unreachable") from error
    except Refused as refusal:
        raise SignInRefused(refusal.code) from refusal
    finally:
        server.close()
    if role is Role.FLOOR_MANAGER and role.value not in opened.roles and Role.SUPERVISOR.value in opened.roles:
        role = Role.SUPERVISOR  # the same desk, with its ledgers alone
    if role.value not in opened.roles:
        raise SignInRefused(NOT_THEIRS[role])
    return ManagerSession(opened.name, hall, opened.session, opened.clerk, role)
