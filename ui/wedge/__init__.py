"""A scanner that types like a keyboard, told from a hand by its pace (``app.domain.wedge``)."""
