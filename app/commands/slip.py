"""``chuangkou slip``: one slip from a file of fields, to look at a template or to feed a printer by hand."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from app.domain.paper.blocks import Document
from app.domain.paper.errors import PaperError
from app.domain.paper.fill import fill
from app.domain.paper.layout import as_text, lay_out
from app.storage.messages import text
from app.storage.slip_files import load_templates
from printing.fonts import FontMissing
from printing.profile import COLUMN_DOTS, PrinterProfile

DONE = 0
REFUSED = 3
NAMES = (*(f"SL-{number:02}" for number in range(1, 19)), "SL-D1", "SL-D2", "SL-D3", "SL-ZN")
"""The slips, the documents of a decision (准予, 不予, 送达回证), and the service guide (便民服务指南)."""
CHARSETS = ("gb2312", "gbk", "gb18030", "raster-only")
COLUMNS = (48, 32)
MAX_DATA_BYTES = 1_000_000


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = subparsers.add_parser("slip", help="生成一张单据", description="用模板和字段文件生成一张单据。")
    parser.add_argument(
        "name", metavar="NAME", choices=NAMES, help="模板，SL-01 至 SL-18，决定文书 SL-D1 至 SL-D3，办事指南 SL-ZN"
    )
    parser.add_argument("--data", metavar="FILE.json", type=Path, required=True, help="字段，一个 JSON 对象")
    parser.add_argument(
        "--out", metavar="FILE", type=_output, required=True, help="输出文件：.txt .png .bin（ESC/POS）.pdf"
    )
    parser.add_argument("--charset", choices=CHARSETS, default="gbk", help="打印机字库，默认 gbk")
    parser.add_argument("--columns", type=int, choices=COLUMNS, default=48, help="纸宽，默认 48 列")
    parser.add_argument("--reprint", metavar="N", type=_count, default=0, help="第几次补打，默认 0 为首次")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file, print one JSON line and return the exit status."""
    profile = PrinterProfile(charset=args.charset, columns=args.columns, dots=args.columns * COLUMN_DOTS)
    try:
        document = fill(load_templates()[args.name], _read(args.data))
        content = WRITERS[args.out.suffix](document, profile, args.reprint)
    except PaperError as error:
        return _refuse(error.code, subject=error.subject)
    except FontMissing as missing:
        return _refuse(missing.code, family=missing.family, package=missing.package)
    except (OSError, ValueError):
        return _refuse("slip_data_unreadable", file=args.data)
    try:
        args.out.write_bytes(content)
    except OSError:
        return _refuse("slip_not_written", file=args.out)
    _print({"slip": args.name, "out": str(args.out)})
    return DONE


def _read(path: Path) -> Mapping[str, object]:
    """Read the fields; ValueError where they are not a JSON object of sensible size."""
    if path.stat().st_size > MAX_DATA_BYTES:
        raise ValueError("too large")
    fields = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(fields, dict):
        raise ValueError("not an object")  # noqa: TRY004 - the one kind of error for what the file may hold
    return fields


def _text(document: Document, profile: PrinterProfile, reprint: int) -> bytes:
    return as_text(lay_out(document, profile.columns, reprint), profile.columns).encode()


def _bytes(document: Document, profile: PrinterProfile, reprint: int) -> bytes:
    from printing.thermal import encode  # noqa: PLC0415 - each face of a slip loads only what it needs

    return encode(document, profile, reprint)


def _picture(document: Document, profile: PrinterProfile, reprint: int) -> bytes:
    from printing.bitmap import render  # noqa: PLC0415 - as above

    file = BytesIO()
    render(document, profile, reprint).save(file, "PNG")
    return file.getvalue()


def _pdf(document: Document, _profile: PrinterProfile, reprint: int) -> bytes:
    from printing.pdf import render  # noqa: PLC0415 - as above

    return render(document, reprint)


WRITERS: Mapping[str, Callable[[Document, PrinterProfile, int], bytes]] = {
    ".txt": _text,
    ".png": _picture,
    ".bin": _bytes,
    ".pdf": _pdf,
}


def _output(value: str) -> Path:
    path = Path(value)
    if path.suffix not in WRITERS:
        raise argparse.ArgumentTypeError(f"不是 {' '.join(WRITERS)} 之一：{value}")
    return path


def _count(value: str) -> int:
    count = int(value)
    if count < 0:
        raise ValueError("negative")
    return count


def _refuse(code: str, **values: object) -> int:
    _print({"error": code, "message": text(code, **values)})
    return REFUSED


def _print(answer: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
