"""Measures that fail one by one, with the reason kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from generation.clock import StageClock

Given = ParamSpec("Given")
Found = TypeVar("Found")


class Measuring:
    """Runs measures one after another; one that fails leaves its reason and not the others.

    Args:
        clock: what their time is booked on.
        say: told the name of each before it begins.
        failures: reasons by name, added to.
    """

    def __init__(
        self, clock: StageClock, say: Callable[[str], None], failures: dict[str, str]
    ) -> None:
        self.clock = clock
        self.say = say
        self.failures = failures

    def run(
        self,
        name: str,
        stage: str,
        measure: Callable[Given, Found],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Found | None:
        """What one measure gives, None where it failed."""
        self.say(name)
        try:
            with self.clock.stage(stage):
                return measure(*args, **kwargs)
        except Exception as error:
            said = " ".join(str(error).split())
            kind = type(error).__name__
            self.failures[name] = f"{kind}: {said}" if said else kind
            return None
