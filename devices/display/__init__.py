"""Window displays on a serial line or a TCP port."""
