"""The HTTP face of the central server: routes, authentication, refusals, hints; no rule of its own."""
