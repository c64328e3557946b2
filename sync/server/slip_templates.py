"""The templates of the slips, for pages that say what a paper said."""

from functools import cache
from importlib import resources

from app.domain.paper.markup import Template, parse


@cache
def slip_template(name: str) -> Template:
    """Return a shipped template by name, SL-01 … SL-18."""
    file = resources.files("resources") / "slips" / f"{name}.tpl"
    return parse(file.read_text(encoding="utf-8"), name)
