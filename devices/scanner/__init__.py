"""A barcode scanner on a serial line (devices.md section 4)."""
