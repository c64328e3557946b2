"""The faces of the one command ``chuangkou``: a module each, with ``register`` and ``run``."""
