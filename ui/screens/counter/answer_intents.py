"""What can be asked for about the departments' answers that nobody told the applicant of."""

from ui.press import Press


class OpenAnswers(Press):
    """Ctrl+O: the list of notices and refusals that came from behind the window."""

    __slots__ = ()
