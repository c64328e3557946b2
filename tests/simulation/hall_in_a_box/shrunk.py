"""What Hypothesis found against each mistake of ``day_mutants.py``, cut down until no step can go.

A step is the name of a rule of ``HallMachine`` and what it is given; after the last one the hall ends well.
"""

from typing import Any

Step = tuple[str, dict[str, Any]]

SHRUNK: dict[str, list[Step]] = {
    "fencing without looking": [
        ("begins", {"numbers": 3, "count": 0, "n": 1}),
        ("ask", {"n": 0}),
        ("present", {"n": 0, "which": 1}),
        ("fence", {"n": 0}),
    ],
    "an epoch compared with ==": [
        ("begins", {"numbers": 3, "count": 2, "n": 0}),
        ("fence", {"n": 0}),
        ("ask", {"n": 0}),
    ],
    "a release without regard to the fence": [
        ("begins", {"numbers": 2, "count": 1, "n": 0}),
        ("fence", {"n": 0}),
        ("ask", {"n": 0}),
    ],
    "a reservation that ends by time": [
        ("begins", {"numbers": 2, "count": 0, "n": 1}),
        ("crash_the_server", {}),
        ("crash_the_server", {}),
    ],
    "a window calls what it gave back": [
        ("begins", {"numbers": 2, "count": 0, "n": 2}),
        ("cut", {"n": 2}),
        ("fence", {"n": 2}),
        ("turn", {"n": 2, "comes": True}),
    ],
    "called out of the block and never told": [
        ("begins", {"numbers": 2, "count": 0, "n": 0}),
        ("cut", {"n": 0}),
        ("turn", {"n": 0, "comes": False}),
        ("fence", {"n": 0}),
    ],
    "acknowledged before the commit": [
        ("begins", {"numbers": 2, "count": 0, "n": 0}),
    ],
    "a snapshot drops the outbox": [
        ("begins", {"numbers": 2, "count": 0, "n": 0}),
        ("turn_meanwhile", {"n": 0, "verb": "snapshot"}),
        ("rot", {"n": 0}),
        ("sync", {"n": 0, "requests": 8}),
    ],
}
