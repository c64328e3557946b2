"""Backup and restore of a server: a sealed file of its database and anchors, scanned copies beside it (ADR 0026)."""
