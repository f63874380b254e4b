"""How soon a finding of one's own is seen in the sandbox: processor seconds of the server.

One thread does it, so that on a quiet machine they are those on the clock.
"""

import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.generation import draw
from benchmarks.measurement import Measurement
from cases.frames import decode_frame, encode_frame
from cases.outlines import trace_outlines
from generation.preview import DrawnBreast, open_breast, preview_finding
from generation.spec import LesionSpec
from generation.synthesis import synthesise

KINDS = ("mass", "calcification_group", "fibroadenoma")
# "At once": a few hundred milliseconds, of which the network and the browser take some.
SECONDS_TO_SEE = 0.4
REPEATS = 9


def measure() -> list[Measurement]:
    """The middle of nine moves of each kind, the first look at a woman, and both beside a case."""
    woman = draw("none", 1)
    start = time.process_time()
    case = synthesise(woman)
    made = time.process_time() - start
    frames = {view: encode_frame(case.views[f"left_{view}"].pixels) for view in ("cc", "mlo")}

    def open_woman() -> DrawnBreast:
        stored = {
            view: decode_frame(frame.data, width=1792, height=2304)
            for view, frame in frames.items()
        }
        return open_breast(woman, "left", stored)

    breast = open_woman()
    rows = [Measurement("first look at a breast", middle_of(open_woman), "s")]
    for kind in KINDS:
        lesion = replace(draw(kind, 1).lesions[0], side="left")
        seen = middle_of(lambda lesion=lesion: show(breast, lesion))  # type: ignore[misc]
        rows.append(Measurement(f"{kind}: moved and seen", seen, "s", SECONDS_TO_SEE))
        rows.append(Measurement(f"{kind}: of the time to make a case", seen / made, "share"))
    return rows


def show(breast: DrawnBreast, lesion: LesionSpec) -> None:
    """All that a request does but for the database and HTTP."""
    for patch in preview_finding(breast, lesion).values():
        encode_frame(patch.pixels)
        trace_outlines(patch.mask)


def middle_of(act: Callable[[], object]) -> float:
    """Processor seconds, the middle of nine."""
    taken = []
    for _ in range(REPEATS):
        start = time.process_time()
        act()
        taken.append(time.process_time() - start)
    return sorted(taken)[REPEATS // 2]
