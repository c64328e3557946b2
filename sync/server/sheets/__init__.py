"""The implementation list (实施清单) as a table of one row an item: written for people, read from untrusted files."""
