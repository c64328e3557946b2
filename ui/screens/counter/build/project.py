"""项目登记 on the screen: which theme, which project, whose (flows.md section 19)."""

from typing import Final

from app.domain.project import ProjectAsked
from app.domain.rights import Act, may
from app.domain.theme import Theme, themes_of
from ui.screens.counter.state import CounterState
from ui.screens.register.state import ProjectState
from ui.screens.service.view_model import ServiceView
from ui.texts import text
from ui.widgets.work_views import EndingFormView, FieldKind, FieldView

FIELDS: Final = ("name", "owner", "uscc", "theme")
_LABELS = {"name": "项目名称", "owner": "建设单位", "uscc": "统一社会信用代码", "theme": "主题"}


def may_register(state: CounterState) -> bool:
    """Say whether this clerk may register a project: a project agent, where a theme is published."""
    return state.clerk is not None and may(state.clerk.roles, Act.REGISTER_PROJECT) and bool(_themes(state))


def asked_of(state: CounterState, project: ProjectState) -> ProjectAsked:
    """Return what was typed; the first theme where none was chosen."""
    values = {name: project.values.get(name, "").strip() for name in FIELDS}
    return ProjectAsked(
        values["theme"] or next((each.id for each in _themes(state)), ""),
        values["name"],
        values["owner"],
        values["uscc"].upper(),
    )


def project_view(state: CounterState, project: ProjectState) -> ServiceView:
    """Return the page."""
    chosen = asked_of(state, project).theme
    theme = next((each for each in _themes(state) if each.id == chosen), None)
    return ServiceView(
        title="项目登记（并联审批）",
        facts=(("总时限", _length(theme)),),
        form=EndingFormView("照建设单位的申请填写", tuple(_field(state, project, each) for each in FIELDS)),
        note="登记当天起算，打印审批跟踪监督卡。按 Esc 不登记。",
        error=text(project.error) if project.error else "",
        busy=state.busy,
        action="登记",
    )


def _themes(state: CounterState) -> tuple[Theme, ...]:
    return themes_of(state.catalogue.document) if state.catalogue is not None else ()


def _length(theme: Theme | None) -> str:
    if theme is None:
        return ""
    stages = "，".join(f"{each.name} {each.limit}" for each in theme.stages)
    return f"{theme.days} 个工作日：{stages}"


def _field(state: CounterState, project: ProjectState, name: str) -> FieldView:
    themes = tuple((each.id, each.name) for each in _themes(state))
    return FieldView(
        name=name,
        label=_LABELS[name],
        value=project.values.get(name, themes[0][0] if name == "theme" and themes else ""),
        kind={"uscc": FieldKind.IDENTITY, "theme": FieldKind.CHOICE}.get(name, FieldKind.TEXT),
        required=name != "theme",
        options=themes if name == "theme" else (),
        span={"name": 3, "owner": 2, "theme": 3}.get(name, 1),
    )
