"""A hall in one process: the real server, five real windows, and a world that does to them what worlds do."""
