"""What a code says in Chinese, for every label that shows one."""

from app.storage.messages import text as sentence


def text(code: str, **values: object) -> str:
    """Return the sentence for a code; one that nobody explained, such as a newer server's, is shown with what to do."""
    try:
        return sentence(code, **values)
    except KeyError:
        return sentence("unexplained", code=code)
