"""值班台: the floor manager's window, one screen that shows the hall live and acts on it by keys (07)."""
