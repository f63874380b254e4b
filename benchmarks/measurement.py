from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """One measured figure; `target` is the most it may be, where the design names one."""

    name: str
    value: float
    unit: str
    target: float | None = None

    @property
    def met(self) -> bool | None:
        return None if self.target is None else self.value <= self.target
