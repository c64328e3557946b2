"""Section 4 of the work card: the intake form with what the identity card and the answers already say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.catalogue.form import FieldFault, FieldProblem, Form, FormField


@dataclass(frozen=True, repr=False)
class FormSheet:
    """A form, what the clerk typed by field name, and what is known by prefill path such as ``applicant.name``."""

    form: Form
    typed: Mapping[str, str]
    known: Mapping[str, str]

    def value(self, field: FormField) -> str:
        """Return what stands in a field: typed, else known, else the form's default."""
        if field.name in self.typed:
            return self.typed[field.name]
        return self.known.get(field.prefill or "", "") or field.default

    def values(self) -> dict[str, str]:
        """Return the whole form by field name, in the form's order."""
        return {each.name: self.value(each) for each in self.form.fields}

    def problems(self) -> tuple[FieldProblem, ...]:
        """Return what keeps the form from being valid, in the form's order."""
        return self._problems

    @cached_property
    def _problems(self) -> tuple[FieldProblem, ...]:
        found = (each.problem(self.value(each)) for each in self.form.fields)
        return tuple(each for each in found if each is not None)

    def to_fill(self) -> tuple[FormField, ...]:
        """Return the required fields that are still empty (还要填)."""
        empty = {each.field for each in self.problems() if each.fault is FieldFault.REQUIRED}
        return tuple(each for each in self.form.fields if each.name in empty)

    def brought_in(self) -> int:
        """Count the fields that the applicant's identity filled (身份信息 N 项已带入)."""
        carried = (each for each in self.form.fields if (each.prefill or "").startswith("applicant."))
        return sum(each.name not in self.typed and bool(self.value(each)) for each in carried)
