"""送达: how a document that nobody took at the hand-out window reached its person."""
