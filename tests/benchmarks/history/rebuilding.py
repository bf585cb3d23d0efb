"""A full rebuild of the read models, in a fresh process, and the memory that it takes.

The same process reads and decodes the whole log from a raw cursor before: that is the
floor of the time, and what it has held by then is the floor of the memory.
"""

from __future__ import annotations

import multiprocessing
import re
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from adapters.settings import Settings
from adapters.views.sqlite import SQLiteViewStore
from api.app import hands
from api.memory import collect_seldom
from domain.services.projecting import Projector
from tests.benchmarks.history.figures import Figures, Memory, Rate
from tests.benchmarks.history.replaying import SAME, decode_all
from tests.benchmarks.history.store import Store, bar
from tests.benchmarks.measure import beside, seconds

_KIB_A_MB = 1024
_STATUS = Path("/proc/self/status")
WHAT = "rebuild of the read models"
SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One rebuild: seconds and MB, of itself and of its floor; ``events`` it folded."""

    events: int
    taken: float
    floor: float
    most: float
    floor_most: float


class GaveUpError(Exception):
    """The rebuild took longer than anybody waits."""


def run(store: Store, rounds: int, patience: float, figures: Figures) -> bool:
    """Measure rebuilds; tell whether the read models are there now."""
    several = _run(store, rounds, patience, figures, SEVERAL)
    return _run(store, rounds, patience, figures, 1) and several


def _run(
    store: Store, rounds: int, patience: float, figures: Figures, jobs: int
) -> bool:
    done: list[Rebuilt] = []
    for _ in range(rounds):
        with ProcessPoolExecutor(
            1, mp_context=multiprocessing.get_context("spawn")
        ) as pool:
            done.append(pool.submit(rebuilt, store, patience, jobs).result())
        if done[-1].events < store.events:
            break
    last = done[-1]
    count = last.events
    what = WHAT if jobs == 1 else f"{WHAT}, {jobs} processes"
    if gave_up := count < store.events:
        done, what = [last], f"{what}, given up"
        figures.remarks.append(
            f"The rebuild of {store.size:,} statements was given up after "
            f"{last.taken:,.0f} s at {count:,} of {store.events:,} events."
        )
    share = count / store.events  # of the floor, which read them all
    result = beside(
        what,
        SAME,
        "events",
        count,
        above=[each.taken for each in done],
        below=[each.floor * share for each in done],
    )
    name = "rebuild" if jobs == 1 else f"rebuild-{jobs}"
    figures.rates.append(Rate(name, store.size, result))
    most = max(each.most for each in done)
    floor = max(each.floor_most for each in done)
    figures.memory.append(Memory(what, store.size, most, floor))
    return not gave_up


def rebuilt(store: Store, patience: float, jobs: int = 1) -> Rebuilt:
    """Rebuild in this process, which should be a fresh one, or in so many with it."""
    collect_seldom()
    for file in store.folder.glob(f"{store.views.name}*"):
        file.unlink()
    raw = store.raw()
    decode_all(raw)
    floor = seconds(lambda: decode_all(raw))
    raw.close()
    floor_most, folded = _most(), 0
    started = time.perf_counter()

    def tick(events: int) -> None:
        nonlocal folded
        folded += events
        shown.update(events)
        if time.perf_counter() - started > patience:
            raise GaveUpError

    with (
        store.opened() as log,
        SQLiteViewStore(store.views) as views,
        bar(store.events, f"rebuilding {store.size:,} statements") as shown,
    ):
        with suppress(GaveUpError):
            settings = Settings(store=f"sqlite:///{store.log}")
            Projector(log, views).rebuild(tick, hands(settings, jobs))
        taken = time.perf_counter() - started
    return Rebuilt(folded, taken, floor, _most(), floor_most)


def _most() -> float:
    """Return what this process held at most so far, in MB, or the largest of others.

    Of this one by what it holds itself: the number of resources begins with that of
    the process which started it.
    """
    own = re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text(encoding="ascii"))
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(int(own[1]) if own else 0, others) / _KIB_A_MB
