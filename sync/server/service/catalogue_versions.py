"""What an administrator looks at before and after publishing: versions, what differs, what has to be revised."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.catalogue.difference import Difference, differences
from app.domain.catalogue.gate import build
from app.domain.catalogue.validity import Lapse, to_revise
from app.domain.rights import Act
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import catalogue
from sync.server.storage.catalogue import Listed, Version
from sync.server.storage.engine import Transaction


@dataclass(frozen=True, slots=True)
class VersionStanding:
    """A version, and whether it is the one in force today."""

    listed: Listed
    in_force: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A version against the one it follows: ``base`` is None for the first."""

    version: Version
    base: int | None
    rows: tuple[Difference, ...]


def versions(context: Context, caller: Caller, hall: str) -> list[VersionStanding]:
    """Return all versions, the newest first.

    Raises:
        Refused: ``forbidden``, ``unknown_hall``.
    """
    caller.require(Act.SUBMIT_CATALOGUE, hall)

    def work(connection: Transaction) -> list[VersionStanding]:
        current = catalogue.current_number(connection, hall, context.today())
        return [VersionStanding(each, each.version == current) for each in catalogue.listed(connection, hall)]

    return context.storage.read(work)


def version_document(context: Context, caller: Caller, number: int) -> Mapping[str, Any]:
    """Return the document of a version.

    Raises:
        Refused: ``forbidden``, ``unknown_version``.
    """
    caller.require(Act.SUBMIT_CATALOGUE)
    return context.storage.read(lambda connection: _version(connection, caller.hall, number)).document


def compared(context: Context, caller: Caller, number: int) -> Compared:
    """Return what a version changes against the published one that holds on the day it begins.

    Of a published version that is the one published before it.

    Raises:
        Refused: ``forbidden``, ``unknown_version``.
    """
    caller.require(Act.SUBMIT_CATALOGUE)

    def work(connection: Transaction) -> Compared:
        version = _version(connection, caller.hall, number)
        base = _base(connection, caller.hall, version)
        rows = differences(base.document, version.document) if base else ()
        return Compared(version, base.version if base else None, rows)

    return context.storage.read(work)


def revisions(context: Context, caller: Caller, hall: str) -> tuple[Lapse, ...]:
    """Return the list 待修订 of the version in force: items that cite a law with a day of expiry (domain rule I15).

    Raises:
        Refused: ``forbidden``, ``unknown_hall``.
    """
    caller.require(Act.SUBMIT_CATALOGUE, hall)

    def work(connection: Transaction) -> tuple[Lapse, ...]:
        number = catalogue.current_number(connection, hall, context.today())
        version = catalogue.get(connection, hall, number) if number is not None else None
        return to_revise(build(version.document)) if version else ()

    return context.storage.read(work)


def _base(connection: Transaction, hall: str, version: Version) -> Version | None:
    """Return the published version of the highest place in time below this one; of the same day, an older number."""
    place = (version.effective_from, version.version)
    before = [
        each
        for each in catalogue.listed(connection, hall)
        if each.approved_by is not None and (each.effective_from, each.version) < place
    ]
    if not before:
        before = [
            each
            for each in catalogue.listed(connection, hall)
            if each.approved_by is not None and each.version < version.version
        ]
    if not before:
        return None
    return catalogue.get(connection, hall, max(before, key=lambda each: (each.effective_from, each.version)).version)


def _version(connection: Transaction, hall: str, number: int) -> Version:
    version = catalogue.get(connection, hall, number)
    if version is None:
        raise refusal("unknown_version")
    return version
