"""The ledgers of a service in this process, and a folder that keeps what is exported in memory."""

from app.ports.exports import ExportFault
from sync.client.ledgers import LedgerQuestion
from sync.protocol.case_messages import CaseSeen
from sync.protocol.ledger_messages import LedgerPage, Ledgers
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.ledgers.ask import Asked, ledger_figures, ledger_page
from sync.server.service.ledgers.export import Format, export_ledger
from sync.server.service.search_cases import see_case


class NearLedgers:
    """Implements ``sync.client.ledgers.LedgerSource`` without HTTP in between."""

    def __init__(self, context: Context, caller: Caller) -> None:
        self._with = (context, caller, caller.hall)

    def figures(self, asked: LedgerQuestion) -> Ledgers:
        return ledger_figures(*self._with, _asked(asked))

    def rows(self, asked: LedgerQuestion) -> LedgerPage:
        return ledger_page(*self._with, asked.subject, _asked(asked), after=asked.after)

    def case(self, asked: LedgerQuestion) -> CaseSeen:
        return see_case(*self._with, asked.subject)

    def file(self, asked: LedgerQuestion) -> bytes:
        return export_ledger(*self._with, asked.subject, _asked(asked), form=Format(asked.form)).content


class KeptFiles:
    """Implements ``app.ports.exports.ExportFolder``; a full one refuses."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.full = False

    def keep(self, name: str, content: bytes) -> str:
        if self.full:
            raise ExportFault("/documents")
        self.files[name] = content
        return f"/documents/{name}"


def _asked(asked: LedgerQuestion) -> Asked:
    return Asked(asked.first, asked.last, item=asked.item, kind=asked.kind)
