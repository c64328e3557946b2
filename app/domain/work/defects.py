"""不符: which published defect a faulty material is marked with."""

from app.domain.work.materials import Mark, MaterialSheet, Verdict
from app.domain.work.refusal import WorkRefusal, WorkRefused


def next_defect(sheet: MaterialSheet, material_id: str) -> Mark:
    """Return the first published defect of a line, or the one after the defect it is marked with.

    Raises:
        WorkRefused: the line is not due, or the list publishes no defect: then the clerk writes what is wrong.
    """
    defects = [each.what for each in sheet.line(material_id).material.defects]
    if not defects:
        raise WorkRefused(WorkRefusal.REASON_NEEDED)
    present = sheet.marks.get(material_id)
    here = defects.index(present.reason) if present is not None and present.reason in defects else -1
    failed = present is not None and present.check_failed
    return Mark(Verdict.DEFECTIVE, defects[(here + 1) % len(defects)], failed)
