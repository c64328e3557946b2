"""From a filled document to paper: bytes, bitmap, PDF, and the one thread that owns the printer."""
