"""What the page of a service or a fee shows, as a frozen value."""

from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override

from ui.screens.page_view import Around, PageView
from ui.widgets.work_views import EndingFormView


@dataclass(frozen=True, slots=True)
class ServiceView(PageView):
    """``facts`` are label and value of what it is about, ``note`` what becomes of it, ``action`` what Enter does."""

    title: str
    facts: tuple[tuple[str, str], ...]
    form: EndingFormView
    note: str
    error: str = ""
    busy: bool = False
    action: str = ""

    around: ClassVar[Around] = Around(right=False, foot=False)

    @property
    @override
    def scene(self) -> object:
        return (self.title, tuple(each.name for each in self.form.fields))

    @override
    def drawer(self, *, now: bool) -> bool:
        return False
