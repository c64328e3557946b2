"""Backup and restore of a server: one sealed file for the database, and the scanned copies beside it (ADR 0026)."""
