"""The simulation at length: ``python tests/simulation/run.py --seeds 200 --events 5000``; status 1 on a violation."""

import argparse
import logging
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from hall_in_a_box.day_mutants import DAY_MUTANTS, days_to_kill
from hall_in_a_box.mutants import MUTANTS, seeds_to_kill
from hall_in_a_box.world import Outcome, World


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the hall through bad weather and look for broken promises.")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=200, help="how many")
    parser.add_argument("--events", type=int, default=5000, help="events of bad weather for each")
    parser.add_argument("--mutants", type=int, default=100, help="most seeds to spend on a mutant; 0 leaves them out")
    arguments = parser.parse_args()
    begun = time.perf_counter()
    seeds = range(arguments.first, arguments.first + arguments.seeds)
    with ProcessPoolExecutor(initializer=_be_quiet) as pool:
        outcomes = list(pool.map(partial(_run, events=arguments.events), seeds))
    _print_figures(outcomes, time.perf_counter() - begun)
    survived = _print_mutants(arguments.events, arguments.mutants) if arguments.mutants else False
    return 1 if survived or any(each.violation for each in outcomes) else 0


def _run(seed: int, events: int) -> Outcome:
    return World(seed).run(events)


def _be_quiet() -> None:
    """A lost connection is worth a warning in a hall, and an everyday thing here."""
    logging.disable(logging.CRITICAL)


def _print_figures(outcomes: list[Outcome], seconds: float) -> None:
    broken = [each for each in outcomes if each.violation]
    for each in broken:
        print(each.report(), end="\n\n")
    events, cases = sum(each.events for each in outcomes), sum(each.cases for each in outcomes)
    rate = f"{events / seconds:.0f} events/s on {os.cpu_count()} cores"
    print(f"{len(outcomes)} seeds, {events} events, {cases} cases in {seconds:.1f} s ({rate})")
    print(f"digest of seed {outcomes[0].seed}: {outcomes[0].digest}")
    for name, times in sorted(sum((Counter(dict(each.seen)) for each in outcomes), Counter[str]()).items()):
        print(f"seen {times:6}: {name}")
    print(f"{len(broken)} violations" + "".join(f"; seed {each.seed}" for each in broken))


def _print_mutants(events: int, most: int) -> bool:
    """Return whether one survived."""
    _be_quiet()
    kills = {name: seeds_to_kill(mutant, events, most) for name, mutant in MUTANTS.items()}
    kills |= {name: days_to_kill(mutant, most) for name, mutant in DAY_MUTANTS.items()}
    for name, kill in kills.items():
        print(f"mutant {name}: " + (f"killed by {kill.seeds} seeds: {kill.violation}" if kill else "SURVIVED"))
    return None in kills.values()


if __name__ == "__main__":
    sys.exit(main())
