"""Shift+F1: the law library at the window: what the item cites, and every law with its standing and text."""
