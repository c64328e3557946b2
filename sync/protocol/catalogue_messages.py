"""What an administrator's program reads about the catalogue over HTTP."""

from sync.protocol.messages import Message


class VersionRow(Message, frozen=True):
    """One version; times are UTC milliseconds, ``approved_by`` null while it waits for a second person."""

    version: int
    effective_from: str
    submitted_by: str
    submitted_ms: int
    approved_by: str | None
    published_ms: int | None
    in_force: bool


class VersionList(Message, frozen=True):
    """All versions, the newest first."""

    versions: list[VersionRow]


class DifferenceRow(Message, frozen=True):
    """One difference: where in Chinese, ``kind`` added, removed, changed or moved, and the values in words."""

    place: list[str]
    kind: str
    before: str
    after: str


class VersionDifferences(Message, frozen=True):
    """What a version changes against ``base``, the published one it follows; ``base`` is null for the first."""

    version: int
    base: int | None
    effective_from: str
    differences: list[DifferenceRow]


class RevisionRow(Message, frozen=True):
    """An item that cites a law with a day of expiry; from that day on it is ``locked``."""

    item: str
    name: str
    law: str
    articles: list[str]
    expires: str
    successor: str | None
    locked: bool


class RevisionList(Message, frozen=True):
    """待修订: the earliest day first."""

    items: list[RevisionRow]
