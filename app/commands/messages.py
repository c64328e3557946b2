"""What a code says in Chinese, for the command line."""

from app.storage.messages import text

__all__ = ["text"]
