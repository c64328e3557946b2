"""Projects in parallel approval, as they go over the wire."""

from sync.protocol.messages import Message


class ProjectRow(Message, frozen=True):
    """One project; days are ISO, ``stage_due`` the end of the first stage, ``provisional`` where a day may move."""

    number: str
    theme: str
    name: str
    owner: str
    window: str
    agent: str
    registered_on: str
    stage_due: str
    total_due: str
    provisional: bool


class ProjectRows(Message, frozen=True):
    """The projects of a hall, the newest first."""

    projects: list[ProjectRow]
