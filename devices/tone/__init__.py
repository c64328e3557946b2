"""Short tones of the clerk's computer (design.md section 11, Sound)."""
