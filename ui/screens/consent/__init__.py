"""The floor manager's consent at the window: to a material that a notice did not name."""
