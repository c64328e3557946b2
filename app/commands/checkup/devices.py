"""The configured devices, each really asked. A look opens the device for itself and lets go of it at once."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.commands.checkup.finding import Ill, Seen
from app.commands.outside_settings import DisplaySettings, EvaluatorSettings
from app.commands.settings import PrinterSettings, ReaderSettings, ScannerSettings
from app.commands.system_clock import SystemClock
from app.commands.token_settings import TokenSettings
from app.storage.messages import text

SAMPLE: Final = {"ticket": "A023", "window": "A03", "text": "请A023号"}
"""What a display is shown to be able to say."""


def printer(settings: PrinterSettings) -> Seen | str:
    """Ask what is asked before each paper: the status bytes, or the state of the queue."""
    from printing.errors import PrinterError, PrinterReason  # noqa: PLC0415 - each look loads its own
    from printing.status import ROUTINE  # noqa: PLC0415 - as above
    from printing.transport import open_printer  # noqa: PLC0415 - as above

    try:
        line = open_printer(settings.url, SystemClock())
        line.open()
        try:
            status = line.status(ROUTINE)
        finally:
            line.close()
    except PrinterError as error:
        raise Ill(error.reason, f"{error.reason}_fix") from error
    if status.fault is PrinterReason.SILENT:
        raise Ill(status.fault, "printer_in_use")  # most printers talk to one program at a time
    if status.fault is not None:
        raise Ill(status.fault, f"{status.fault}_fix")
    said = text("printer_blind" if status.blind else "printer_seen", url=settings.url)
    return Seen(said, "doctor_near_end" if status.near_end else "")


def reader(settings: ReaderSettings) -> str:
    """Ask for the module's state, then for its number, which not every way to a module can ask for."""
    from devices.errors import DeviceError  # noqa: PLC0415 - as above
    from devices.sam import commands  # noqa: PLC0415 - as above
    from devices.sam.line import line_to  # noqa: PLC0415 - as above

    try:
        line = line_to(settings.url, SystemClock(), settings.baud_rate)(lambda: False)
        try:
            line.open()
            commands.expect(commands.STATUS, line.ask(commands.STATUS))
            try:
                number = commands.sam_id(commands.expect(commands.SAM_ID, line.ask(commands.SAM_ID)))
            except DeviceError:
                number = text("reader_no_number")
        finally:
            line.close()
    except DeviceError as error:
        raise Ill(error.reason, error.advice) from error
    return text("reader_seen", url=settings.url, number=number)


def scanner(settings: ScannerSettings) -> str:
    """Open the port: a scanner answers nothing."""
    _opens(settings.url, settings.baud_rate)
    return settings.url


def display(settings: DisplaySettings, data: Path) -> str:
    """Read the template, make the bytes of a call and open the port: a display need not answer."""
    from app.ports.window_display import Kind  # noqa: PLC0415 - as above
    from devices.display.forms import Unfit  # noqa: PLC0415 - as above
    from devices.display.preview import preview  # noqa: PLC0415 - as above
    from devices.display.template import BadTemplate, load_template, shipped_or_own  # noqa: PLC0415 - as above

    try:
        template = load_template(shipped_or_own(settings.template, data))
        call = {**template.values, **SAMPLE, "addr": settings.address}
        sent = preview(template.frames[Kind.CALL], call).hex
    except BadTemplate as error:
        raise Ill(error.fault, place=error.place) from error
    except Unfit as error:
        raise Ill("display_value_unfit", place=error.name) from error
    _opens(settings.url, settings.baud_rate)
    return text("display_frame", url=settings.url, sent=sent)


def evaluator(settings: EvaluatorSettings, data: Path) -> str:
    """Read the keypad's template and open its port; a citizen's screen is looked for by the window itself."""
    from devices.display.template import BadTemplate, shipped_or_own  # noqa: PLC0415 - as above
    from devices.evaluator.template import FOLDER, load_keypad  # noqa: PLC0415 - as above

    if settings.url is None:
        return text("evaluator_on_screen", screen=settings.screen)
    try:
        load_keypad(shipped_or_own(settings.template, data, FOLDER))
    except BadTemplate as error:
        raise Ill(error.fault, place=error.place) from error
    _opens(settings.url, settings.baud_rate)
    return settings.url


def camera(folder: Path) -> str:
    """Look whether the document camera's folder is there and may be read and emptied."""
    if not folder.is_dir():
        raise Ill("camera_no_folder", place=folder)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise Ill("camera_folder_closed", place=folder)
    return str(folder)


def tokens(settings: Sequence[TokenSettings]) -> str:
    """Look whether each program that vouches for codes on a phone is there and may be run."""
    for each in settings:
        if shutil.which(each.program[0]) is None:
            raise Ill("token_no_program", place=each.program[0])
    return "、".join(each.program[0] for each in settings)


def _opens(url: str, baud_rate: int) -> None:
    """Open a port and close it.

    Raises:
        Ill: it does not open.
    """
    from devices.errors import DeviceError  # noqa: PLC0415 - as above
    from devices.transport import SerialPort  # noqa: PLC0415 - as above

    try:
        port = SerialPort(url, baud_rate)
        port.open()
        port.close()
    except DeviceError as error:
        raise Ill(error.reason, error.advice) from error
