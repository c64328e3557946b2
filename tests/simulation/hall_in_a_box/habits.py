"""How often a clerk presses which key, and how long they wait; in fine weather only what everybody needs is pressed."""

from dataclasses import dataclass, fields

from hall_in_a_box.timeline import SECOND

PATIENCE_MS = 35 * SECOND
"""How long a clerk waits for somebody they called."""


IN_THE_EVENING = ("undo", "choose", "transfer", "hold")
"""What nobody presses any more when the hall empties: numbers whose citizens went home would be called for ever."""


@dataclass
class Habits:
    """Probabilities at every turn at which the key could be pressed."""

    invite: float = 0.08
    choose: float = 0.08
    recall: float = 0.25
    withdraw: float = 0.05
    slip: float = 0.03
    miss: float = 0.35
    undo: float = 0.3
    hold: float = 0.06
    transfer: float = 0.05
    answer_offer: float = 0.6
    decline: float = 0.35
    walk_in: float = 0.05
    pause: float = 0.03
    hand_over: float = 0.02
    answered: float = 0.05
    registered: float = 0.04
    left: float = 0.04
    informed: float = 0.04
    noticed: float = 0.07
    refused: float = 0.05
    withdrawn: float = 0.06
    correct: float = 0.06
    drop_correction: float = 0.3
    void: float = 0.03
    second_item: float = 0.08
    resolve: float = 0.2
    give_back: float = 0.04
    prepare: float = 0.1

    def end_of_day(self) -> None:
        """From now on nobody is sent away to come another time, or begins what makes a number of the window's own.

        Those count from 001 every day, and the tests tell citizens by their numbers.
        """
        self.walk_in = self.noticed = self.withdrawn = 0.0
        for name in IN_THE_EVENING:
            setattr(self, name, 0.0)

    def morning(self) -> None:
        """Press again what was left alone in the evening."""
        for name in IN_THE_EVENING:
            setattr(self, name, getattr(Habits, name))

    def settle(self) -> None:
        """From now on nobody presses more than they must, and whoever was sent on is taken."""
        for each in fields(self):
            setattr(self, each.name, 0.0)
        self.answer_offer = self.resolve = 1.0
