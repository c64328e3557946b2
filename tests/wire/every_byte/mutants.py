"""Classic mistakes of a print spooler; the trials have to see them."""

from app.ports.spool import JobState
from printing.spooler import Spooler


class SendsAgain(Spooler):
    """What is in doubt goes back into the queue."""

    def _settle(self, job_id: str, state: JobState) -> None:
        super()._settle(job_id, JobState.QUEUED if state is JobState.UNKNOWN else state)


class TrustsTheLine(Spooler):
    """What the line took counts as printed."""

    def _await_confirmation(self, _size: int) -> JobState:
        return JobState.PRINTED


class ForgetsTheCrash(Spooler):
    """What was on the wire at a crash is taken for unsent."""

    def _run(self) -> None:
        for job in self._spool.recover():
            self._spool.mark(job.job_id, JobState.QUEUED)
        super()._run()


MUTANTS = {
    "what is in doubt is sent again": SendsAgain,
    "what the line took counts as printed": TrustsTheLine,
    "what was on the wire at a crash is sent again": ForgetsTheCrash,
}
