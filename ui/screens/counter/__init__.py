"""The one screen on which a clerk serves a citizen."""
