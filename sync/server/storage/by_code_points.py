"""Text in the order of its code points on both databases, as Python sorts it: what no locale has a say in."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class ByCodePoints(FunctionElement[str]):
    """Its one argument, a column of text, to order by: SQLite compares bytes anyway, PostgreSQL by its locale."""

    inherit_cache = True
    type = String()


@compiles(ByCodePoints)
def _as_it_is(element: ByCodePoints, compiler: Any, **options: Any) -> str:
    said: str = compiler.process(element.clauses, **options)
    return said


@compiles(ByCodePoints, "postgresql")
def _collated(element: ByCodePoints, compiler: Any, **options: Any) -> str:
    return f'{_as_it_is(element, compiler, **options)} COLLATE "C"'
