"""Devices on USB bulk endpoints, by pyusb; it is imported only where an address asks for it."""
