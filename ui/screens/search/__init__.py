"""F7: one box, the hits, and the case that is looked at."""
