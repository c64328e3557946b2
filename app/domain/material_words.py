"""How a paper words one line of the published list: in what shape, how many, from whom."""

from app.domain.catalogue.checklist import ChecklistLine
from app.domain.catalogue.material import Material, MaterialForm, Source


def form_words(material: Material) -> str:
    """Return ``原件1份``, ``核验原件``, ``核验原件，收复印件1份``, ``复印件2份`` or ``电子件``."""
    copies = f"复印件{max(1, material.copies)}份"
    match material.form:
        case MaterialForm.ORIGINAL_CHECKED:
            return "核验原件"
        case MaterialForm.ORIGINAL_CHECKED_COPY:
            return f"核验原件，收{copies}"
        case MaterialForm.COPY:
            return copies
        case MaterialForm.ELECTRONIC:
            return "电子件"
        case _:
            return f"原件{max(1, material.originals)}份"


def source_words(material: Material) -> str:
    """Return who makes the material, and whether the window has its blank form or a sample."""
    match material.source:
        case Source.SELF:
            words = "自备"
        case Source.GOVERNMENT:
            words = f"{material.issuer or '政府部门'}核发"
        case _:
            words = "其他单位出具"
    return "，".join(filter(None, (words, template_words(material))))


def template_words(material: Material) -> str:
    """Return ``窗口有空白表和样表`` and the like; empty where there is neither (domain.md I09)."""
    if material.blank_form:
        return "窗口有空白表和样表" if material.sample else "窗口有空白表"
    return "窗口有样本" if material.sample else ""


def bringing_words(line: ChecklistLine) -> str:
    """Return what the citizen brings for a line that was not handed in: shape, what the answers mean for it, help."""
    material = line.material
    accepted = f"（{'、'.join(material.accept)}之一）" if material.accept else ""
    detail = f"（{line.detail}）" if line.detail else accepted
    return "，".join(filter(None, (f"交{form_words(material)}{detail}", template_words(material))))
