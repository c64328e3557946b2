"""The sign in the window and the cover over the work."""
