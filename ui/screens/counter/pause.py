"""Pause and lock: the screen is covered at once, the running case stays as it is, the password brings it back."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.domain.business_day import business_date
from app.domain.pause import MAX_TEXT, MINUTES, PauseReason
from app.usecases.pause_window import pause_window
from app.usecases.resume_window import resume_window
from ui import desk_intents, intents
from ui.screens.counter import acts
from ui.screens.counter.acts import Done, NotDone
from ui.screens.counter.build.cover import sign_text
from ui.screens.counter.parts import CounterParts
from ui.screens.pause.state import Cover, PauseDraft

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

ELSEWHERE = 2
"""Windows the sign sends people to at most."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the intents of sign and cover; while the window is covered nothing else is taken."""
    state = presenter.state
    if state.covered:
        if isinstance(intent, desk_intents.Unlock):
            _unlock(presenter, intent.password)
        return True
    match intent:
        case desk_intents.Lock() if state.clerk is not None:
            presenter.update(cover=Cover(), ask=None, revealed=False, message="")
        case desk_intents.OpenPause() if state.clerk is not None:
            _open(presenter)
        case _ if isinstance(state.over, PauseDraft):
            return _on_draft(presenter, state.over, intent)
        case _:
            return False
    return True


def _open(presenter: "CounterPresenter") -> None:
    if isinstance(presenter.state.over, PauseDraft):
        return
    presenter.update(over=PauseDraft(), under=presenter.state.over, ask=None, revealed=False, message="")
    presenter.aside(_others, partial(_show_others, presenter))


def _others(parts: CounterParts) -> tuple[str, ...]:
    """Return the windows that called the same businesses today: somebody is there, as far as is known here."""
    with parts.store.read() as view:
        catalogue = view.catalogue()
        codes = [each.code for each in catalogue.businesses_at_window(parts.window)] if catalogue else []
        at_work = view.windows_at_work(codes, business_date(parts.clock.now_ms()).isoformat())
    return tuple(each for each in at_work if each != parts.window)[:ELSEWHERE]


def _show_others(presenter: "CounterPresenter", others: object) -> None:
    draft = presenter.state.over
    if isinstance(draft, PauseDraft) and isinstance(others, tuple):
        presenter.update(over=replace(draft, others=others))


def _on_draft(presenter: "CounterPresenter", draft: PauseDraft, intent: object) -> bool:
    match intent:
        case desk_intents.ChooseReason(number) if 1 <= number <= len(PauseReason):
            presenter.update(over=replace(draft, reason=list(PauseReason)[number - 1], message=""))
        case desk_intents.ChooseMinutes(step, index):
            at = index if index is not None else draft.minutes + step
            presenter.update(over=replace(draft, minutes=max(0, min(at, len(MINUTES) - 1))))
        case desk_intents.WriteSign(text):
            presenter.update(over=replace(draft, text=text[:MAX_TEXT]))
        case desk_intents.HangOut():
            _hang_out(presenter, draft)
        case intents.Back():
            presenter.update(over=presenter.state.under, under=None)
        case _:
            return False
    return True


def _hang_out(presenter: "CounterPresenter", draft: PauseDraft) -> None:
    if draft.reason is None:
        presenter.update(over=replace(draft, message="pause_reason_first"))
        return
    # From here on the cover stays, whatever the store answers.
    presenter.update(cover=Cover(), over=presenter.state.under, under=None)
    sign = partial(_paused, reason=draft.reason, minutes=MINUTES[draft.minutes], text=sign_text(draft, draft.reason))
    presenter.aside(sign, partial(_hung, presenter))


def _hung(presenter: "CounterPresenter", answer: object) -> None:
    if isinstance(answer, Done):
        presenter.update(pauses=answer.facts.pauses)
    elif isinstance(answer, NotDone):
        presenter.update(cover=Cover(error=answer.code))


def _paused(parts: CounterParts, *, reason: PauseReason, minutes: int, text: str) -> Done:
    pause_window(parts.store, parts.clock, parts.clerk, reason=reason, minutes=minutes, text=text)
    parts.wake_sync()
    return acts.look(parts)


def _unlock(presenter: "CounterPresenter", password: str) -> None:
    cover, parts = presenter.state.cover or Cover(), presenter.parts
    if cover.checking or parts is None:
        return
    if not password:
        presenter.update(cover=replace(cover, error="password_first"))
        return
    presenter.update(cover=Cover(checking=True))
    presenter.shift.beside(partial(_check, parts, password), partial(_checked, presenter))


def _check(parts: CounterParts, password: str) -> Done:
    parts.unlock(password)
    resume_window(parts.store, parts.clock, parts.clerk)
    parts.wake_sync()
    return acts.look(parts)


def _checked(presenter: "CounterPresenter", answer: object) -> None:
    if isinstance(answer, Done):
        presenter.shift.touched_ms = _now(presenter)
        presenter.update(cover=None, pauses=answer.facts.pauses)
        presenter.look()
    else:
        code = answer.code if isinstance(answer, NotDone) else "incident"
        presenter.update(cover=Cover(error=code))


def watch(presenter: "CounterPresenter") -> None:
    """Look, once a second, whether nobody has touched the window for long."""
    state = presenter.state
    if presenter.parts is None or state.clerk is None or state.covered or not presenter.shift.touched_ms:
        presenter.shift.touched_ms = _now(presenter)
    elif _to_cover(presenter):
        _cover(presenter)
    elif _left_alone(presenter) and state.visit is not None and not state.shaded:
        presenter.update(shaded=True, revealed=False)


def touch(presenter: "CounterPresenter") -> bool:
    """Note a key, a click or a scan: somebody is there. Returns whether it may be taken.

    What comes too late finds the cover, even before the second has come round: else it would begin an act, and the
    cover would fall on the citizen whom that act brings.
    """
    if _to_cover(presenter):
        _cover(presenter)
        return False
    presenter.shift.touched_ms = _now(presenter)
    if presenter.state.shaded:
        presenter.update(shaded=False)
    return True


def _to_cover(presenter: "CounterPresenter") -> bool:
    """Say whether the window was left alone with nobody before it; an act under way may bring somebody."""
    return _left_alone(presenter) and presenter.state.visit is None and not presenter.state.busy


def _left_alone(presenter: "CounterPresenter") -> bool:
    state, parts, touched_ms = presenter.state, presenter.parts, presenter.shift.touched_ms
    if parts is None or state.clerk is None or state.covered or not touched_ms or not parts.cover_after_s:
        return False
    return _now(presenter) - touched_ms >= parts.cover_after_s * 1000


def _cover(presenter: "CounterPresenter") -> None:
    presenter.update(cover=Cover(), ask=None)


def _now(presenter: "CounterPresenter") -> int:
    """Return the time of the clock: what the screen shows is up to a second older, after a standstill much more."""
    return presenter.parts.clock.now_ms() if presenter.parts is not None else presenter.state.now_ms
