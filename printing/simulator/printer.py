"""The simulated printer as one part to start and stop, with the words of its control port."""

import base64
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.ports.clock import Clock
from printing.simulator.charset import Charset
from printing.simulator.device import PrinterDevice
from printing.simulator.faults import read_fault
from printing.simulator.mechanism import Mechanism
from printing.simulator.paper import Paper
from printing.simulator.tray import Tray

DOTS_80_MM = 576


class PrinterSimulator:
    """A printer of 576 or 384 dots on a TCP port; cut papers are also written to ``out_dir`` if there is one."""

    def __init__(
        self,
        host: str,
        port: int,
        clock: Clock,
        *,
        width: int = DOTS_80_MM,
        charset: Charset = Charset.GBK,
        out_dir: Path | None = None,
    ) -> None:
        self._mechanism = Mechanism(width, charset, Tray(out_dir))
        self._device = PrinterDevice(host, port, self._mechanism, clock)

    @property
    def address(self) -> tuple[str, int]:
        """Host and real port, known after ``start``."""
        return self._device.address

    def start(self) -> None:
        """Switch on.

        Raises:
            OSError: the address is taken or not ours.
        """
        self._device.start()

    def stop(self) -> None:
        """Switch off for good."""
        self._device.stop()

    def handle(self, request: dict[str, Any]) -> dict[str, Any]:
        """Carry out ``{"do": state | papers | paper | take | fault | mend}``, from any thread.

        Raises:
            ValueError: what is asked is not possible.
            KeyError: a part of the request is missing.
        """
        verbs = {
            "state": self._state,
            "papers": self._papers,
            "paper": self._paper,
            "take": self._take,
            "fault": self._fault,
            "mend": self._mend,
        }
        verb = verbs.get(str(request.get("do")))
        if verb is None:
            raise ValueError(f"do must be one of {', '.join(verbs)}")
        with self._device.lock:
            answer = verb(request)
        self._device.touched()
        return answer

    def _state(self, _: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **asdict(self._mechanism.condition),
            "armed": [asdict(fault) for fault in self._mechanism.armed],
            "queued_bytes": self._mechanism.queued_bytes,
            "received_ms": self._device.received_ms,
            "uncut_rows": self._mechanism.uncut_rows,
            "drawer_pulses": self._mechanism.drawer_pulses,
            "papers": len(self._mechanism.tray.papers()),
        }

    def _papers(self, _: Mapping[str, Any]) -> dict[str, Any]:
        return {"papers": [_summary(paper) for paper in self._mechanism.tray.papers()]}

    def _paper(self, request: Mapping[str, Any]) -> dict[str, Any]:
        paper = self._mechanism.tray.paper(int(request["index"]))
        return {**_summary(paper), "png": _base64(paper.png), "bin": _base64(paper.data)}

    def _take(self, _: Mapping[str, Any]) -> dict[str, Any]:
        return {"papers": [_summary(paper) for paper in self._mechanism.tray.take()]}

    def _fault(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self._mechanism.arm(read_fault(request))
        return {}

    def _mend(self, _: Mapping[str, Any]) -> dict[str, Any]:
        self._mechanism.mend()
        return {}


def _summary(paper: Paper) -> dict[str, Any]:
    return {
        "index": paper.index,
        "text": "\n".join(paper.lines),
        "sha256": paper.sha256,
        "bytes": len(paper.data),
        "violations": list(paper.violations),
        "codes": list(paper.codes),
    }


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
