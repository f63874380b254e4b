"""How fast the reading room is in a real browser without a GPU."""

import gzip
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measurement import Measurement
from tests.e2e.prepared import prepare_folder, read_passwords, running_copy
from tests.e2e.reader import READ, Reader, open_chromium
from tests.system.site import ROOT

RUNS = 5
FRAMES = 60
BUDGET_KB = 40.0
FIRST_LOAD_KB = 250.0
STEPS = 14
CASES = 50
WARM_CASES = 5

MULTIPLY = (
    f"from benchmarks.many_cases import multiply_cases; multiply_cases({WARM_CASES + CASES + 1})"
)

# Drags across a view, one step a frame, and notes the time between frames and of the drawing.
DRAG = """async frames => {
    const stage = document.querySelector(".stage");
    const pane = stage.querySelector(".pane canvas");
    const box = pane.getBoundingClientRect();
    const send = (type, x, y) => pane.dispatchEvent(new PointerEvent(type, {
        bubbles: true, pointerId: 1, button: 0, clientX: box.left + x, clientY: box.top + y,
    }));
    stage.setPointerCapture = () => undefined;
    const next = () => new Promise(requestAnimationFrame);
    const spent = [], between = [];
    send("pointerdown", 50, 50);
    let last = await next();
    for (let step = 1; step <= frames; step++) {
        send("pointermove", 50 + 4 * (step % 30), 50 + 3 * (step % 20));
        const now = await next();
        between.push(now - last);
        last = now;
        await new Promise(resolve => setTimeout(resolve, 0));
        spent.push(Number(stage.dataset.drawMs));
    }
    send("pointerup", 90, 90);
    return { spent, between };
}"""


# Walks through the hanging; notes the time from the key to the picture.
WALK = """async steps => {
    const stage = document.querySelector(".stage");
    const spent = [];
    for (let step = 0; step < steps; step++) {
        const start = performance.now();
        stage.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true }));
        await new Promise(requestAnimationFrame);
        await new Promise(resolve => setTimeout(resolve, 0));
        spent.push(performance.now() - start);
    }
    return spent;
}"""


@dataclass(frozen=True)
class Growth:
    """Memory of the page after reading many cases, against before."""

    mb: float
    of_held: float


def measure() -> list[Measurement]:
    with tempfile.TemporaryDirectory(prefix="parenchyma-bench-") as cache:
        prepared = prepare_folder(Path(cache))
        with running_copy(prepared) as site, open_chromium() as browser:
            reader = Reader(browser, site, width=1600, height=1200)
            email = "resident1@demo.example"
            reader.sign_in(email, read_passwords(site)[email])
            reader.open_case()
            skip = reader.page.get_by_role("button", name="Skip the tutorial")
            skip.click()
            opening = [time_opening(reader) for _ in range(RUNS)]
            frames = reader.page.evaluate(DRAG, FRAMES)
            steps = reader.page.evaluate(WALK, STEPS)
            next_case = time_next_case(reader)
            site.manage("shell", "-c", MULTIPLY)
            return report(opening, frames, steps, measure_growth(reader), next_case)


def time_opening(reader: Reader) -> tuple[float, float]:
    """Milliseconds from the click on "next case" to first pixels and four views, uncached.

    The page's code is there already, as it is whenever a reader goes on to a case.
    """
    reader.page.evaluate("performance.clearMarks()")
    reader.page.goto(reader.site.address)
    reader.page.get_by_role("button", name=READ).wait_for()
    session = reader.context.new_cdp_session(reader.page)
    session.send("Network.clearBrowserCache")
    start = reader.page.evaluate(
        "document.querySelector('main .is-primary').click(), performance.now()"
    )
    reader.wait_for_images()
    first, four = (
        reader.page.evaluate(f"performance.getEntriesByName('viewer:{name}')[0].startTime")
        for name in ("first-pixels", "four-views")
    )
    return first - start, four - start


def read_and_go_on(reader: Reader) -> None:
    """Reads the case that is open, sees its feedback with every picture, and opens the next one."""
    reader.answer_all(density="B", right="1", left="1")
    reader.page.evaluate("performance.clearMarks()")
    reader.submit()
    reader.page.wait_for_url("**/feedback/**")
    reader.wait_for_images()
    reader.page.evaluate("performance.clearMarks()")
    reader.page.get_by_role("button", name="Next case").click()
    reader.page.wait_for_url("**/read/**")
    reader.wait_for_images()


def measure_growth(reader: Reader) -> Growth:
    """What is held after reading many different cases beyond what is held after a few."""
    session = reader.context.new_cdp_session(reader.page)

    def held_mb() -> float:
        session.send("HeapProfiler.collectGarbage")
        usage = session.send("Runtime.getHeapUsage")
        keys = ("usedSize", "embedderHeapUsedSize", "backingStorageSize")
        return float(sum(usage.get(key, 0) for key in keys)) / 1e6

    seen = {reader.page.url}
    for _ in range(WARM_CASES):
        read_and_go_on(reader)
        seen.add(reader.page.url)
    before = held_mb()
    for _ in range(CASES):
        read_and_go_on(reader)
        seen.add(reader.page.url)
    assert len(seen) == 1 + WARM_CASES + CASES, "every reading is of another case"
    return Growth(mb=held_mb() - before, of_held=held_mb() / before)


def time_next_case(reader: Reader) -> float:
    """Milliseconds from "Next case" to four full views, fetched while feedback was read."""
    reader.answer_all(density="B", right="1", left="1")
    reader.page.evaluate("performance.clearMarks()")
    reader.submit()
    reader.page.wait_for_url("**/feedback/**")
    reader.wait_for_images()
    reader.page.wait_for_load_state("networkidle")
    reader.page.evaluate("performance.clearMarks()")
    button = reader.page.get_by_role("button", name="Next case")
    start = button.evaluate("button => { button.click(); return performance.now(); }")
    reader.wait_for_images()
    done = reader.page.evaluate("performance.getEntriesByName('viewer:four-views')[0].startTime")
    return float(done) - float(start)


def report(
    opening: list[tuple[float, float]],
    frames: dict[str, list[float]],
    steps: list[float],
    growth: Growth,
    next_case_ms: float,
) -> list[Measurement]:
    return [
        Measurement("first pixels of a case", statistics.median(a for a, _ in opening), "ms", 300),
        Measurement("four full views", statistics.median(b for _, b in opening), "ms", 700),
        Measurement(
            "window/level, 4 views, 1600 x 1200: work", statistics.median(frames["spent"]), "ms", 16
        ),
        Measurement("window/level, frame to frame", statistics.median(frames["between"]), "ms", 17),
        Measurement("a step of the hanging", statistics.median(steps), "ms", 100),
        Measurement("next case, four full views", next_case_ms, "ms", 300),
        Measurement(f"memory after {CASES} different cases", growth.mb, "MB more"),
        Measurement("the same, over what was held before", growth.of_held, "", 1.05),
        Measurement("viewer, gzipped", measure_viewer_kb(), "kB", BUDGET_KB),
        Measurement("first load, gzipped", measure_kb("*"), "kB", FIRST_LOAD_KB),
    ]


def measure_viewer_kb() -> float:
    """The viewer's own code and its worker, gzipped."""
    return measure_kb("viewer-*.js") + measure_kb("viewer-*.css") + measure_kb("decoder*.js")


def measure_kb(pattern: str) -> float:
    """Size of built files, gzipped."""
    files = (ROOT / "frontend" / "dist" / "assets").glob(pattern)
    return sum(len(gzip.compress(path.read_bytes())) for path in files) / 1000
