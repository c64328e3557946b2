"""The pages of the server: board and kiosk in the hall, progress and rating on the citizen's telephone."""
