"""What a code says in Chinese, for every label that shows one."""

from app.storage.messages import text

__all__ = ["text"]
