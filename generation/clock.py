"""Where the time of a case goes, and how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Progress = Callable[[str, float], None]


@dataclass
class StageClock:
    """Adds up seconds by stage and reports progress."""

    report: Progress
    seconds: dict[str, float] = field(default_factory=dict)
    share: float = 0.0
    running: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Book the time inside to `name`; what a stage within takes is booked to that alone."""
        self.report(name, self.share)
        started = time.perf_counter()
        self.running.append(name)
        try:
            yield
        finally:
            self.running.pop()
            spent = time.perf_counter() - started
            self.seconds[name] = self.seconds.get(name, 0.0) + spent
            if self.running:
                outer = self.running[-1]
                self.seconds[outer] = self.seconds.get(outer, 0.0) - spent

    def advance(self, share: float) -> None:
        self.share = share
