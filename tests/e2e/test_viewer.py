"""The images themselves: right pixels, right places, and never a wrong picture."""

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.conftest import SignIn
from tests.e2e.reader import MEAN_GREY, MOST_MS, READ, Reader

pytestmark = pytest.mark.e2e
VIEWS = ("right_cc", "left_cc", "right_mlo", "left_mlo")


@pytest.fixture(params=["canvas", "webgl"])
def room(request: pytest.FixtureRequest, sign_in: SignIn) -> Reader:
    """The reading room, drawn either way: both must behave alike."""
    return enter(sign_in, request.param)


def enter(sign_in: SignIn, renderer: str, script: str | None = None) -> Reader:
    reader = sign_in("resident1")
    if script:
        reader.page.add_init_script(script)
    reader.visit(f"/?renderer={renderer}")
    reader.open_case()
    skip = reader.page.get_by_role("button", name="Skip the tutorial")
    if skip.count():
        skip.click()
    reader.stage.focus()
    expect(reader.stage).to_have_attribute("data-renderer", renderer)
    return reader


def greys(reader: Reader) -> list[float]:
    reader.wait_for_drawing()
    return [reader.mean_grey(view) for view in VIEWS]


def test_four_views_hang_back_to_back(room: Reader) -> None:
    boxes = {view: room.pane(view).bounding_box() for view in VIEWS}
    left, right, below = boxes["right_cc"], boxes["left_cc"], boxes["right_mlo"]
    assert left and right and below
    assert left["x"] + left["width"] == pytest.approx(right["x"], abs=2)
    assert below["y"] >= left["y"] + left["height"]
    assert below["y"] + below["height"] <= 768
    for view in VIEWS:
        expect(room.pane(view)).to_contain_text("SYNTHETIC - not for diagnosis")
        assert room.mean_grey(view) > 5
    # Chest walls meet: the inner edge of each pane shows tissue, the outer corner shows air.
    inner = (
        room.pane("left_cc")
        .locator("canvas")
        .evaluate("c => [...c.getContext('2d').getImageData(3, c.height / 2, 1, 1).data]")
    )
    outer = (
        room.pane("left_cc")
        .locator("canvas")
        .evaluate("c => [...c.getContext('2d').getImageData(c.width - 3, 3, 1, 1).data]")
    )
    assert inner[0] > 10
    assert outer[0] == 0


GREYS = """() => [...document.querySelectorAll(".pane canvas")].map(canvas => {
    const { width, height } = canvas;
    const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
    return String.fromCharCode(...data.filter((_value, at) => at % 20 === 0));
})"""


def test_both_renderers_draw_the_same(sign_in: SignIn) -> None:
    """Every fifth pixel of every view within one grey level, through states that follow."""
    states = ("", "c", "i", "+++", "Shift+ArrowDown Shift+ArrowLeft", "v", "o", "y", "Space")
    seen = {}
    for renderer in ("canvas", "webgl"):
        room = enter(sign_in, renderer)
        seen[renderer] = []
        for keys in states:
            for key in keys.split() if " " in keys or len(keys) > 3 else keys:
                room.page.keyboard.press(key)
            room.wait_for_drawing()
            seen[renderer].append(room.page.evaluate(GREYS))
    for keys, canvas, webgl in zip(states, seen["canvas"], seen["webgl"], strict=True):
        assert all(greys.strip("\0") for greys in canvas), "no view is empty"
        for one, other in zip(canvas, webgl, strict=True):
            assert len(one) == len(other)
            apart = max(abs(ord(a) - ord(b)) for a, b in zip(one, other, strict=True))
            assert apart <= 1, f"after {keys!r}"
    assert len({greys[0] for greys in seen["webgl"]}) == len(states), "every state looks otherwise"


# Keeps the graphics contexts that the page asks for, so that a test can take one away.
KEEP_GRAPHICS = """{
    const ask = HTMLCanvasElement.prototype.getContext;
    window.graphics = [];
    HTMLCanvasElement.prototype.getContext = function (kind, options) {
        const context = ask.call(this, kind, options);
        if (kind === "webgl2") window.graphics.push(context);
        return context;
    };
}"""


def test_a_lost_graphics_context_loses_no_view(sign_in: SignIn) -> None:
    room = enter(sign_in, "webgl", script=KEEP_GRAPHICS)
    room.page.keyboard.press("+")
    before = greys(room)
    room.page.evaluate("graphics.map(gl => gl.getExtension('WEBGL_lose_context').loseContext())")
    expect(room.stage).to_have_attribute("data-renderer", "canvas")
    assert greys(room) == before
    room.page.keyboard.press("-")
    assert greys(room) != before, "the images go on"


def test_window_invert_and_reset(room: Reader) -> None:
    first = greys(room)
    room.page.keyboard.press("i")
    room.wait_until(
        lambda: all(abs(a - b) > 1 for a, b in zip(first, greys(room), strict=True)), "inversion"
    )
    corner = (
        room.pane("left_cc")
        .locator("canvas")
        .evaluate("c => c.getContext('2d').getImageData(c.width - 3, 3, 1, 1).data[0]")
    )
    assert corner == 0, "air stays black"
    room.page.keyboard.press("i")
    room.page.keyboard.press("v")
    room.wait_until(lambda: greys(room) != first, "another window")
    room.page.keyboard.press("r")
    room.wait_until(lambda: greys(room) == first, "the first window")


def test_a_case_without_a_prior_says_so_and_stays(room: Reader) -> None:
    before = greys(room)
    expect(room.page.get_by_text("No prior.")).to_be_visible()
    room.page.keyboard.press("p")
    assert greys(room) == before
    expect(room.pane("left_cc")).not_to_contain_text("PRIOR")


def add_prior(route: Route) -> None:
    """Answers as if there were an exam before; its CC looks like this one's MLO, and vice versa."""
    response = route.fetch()
    body = response.json()
    views = body["case"]["views"]
    frames = {(view["side"], view["view"]): view["frame"] for view in views}
    other = {"cc": "mlo", "mlo": "cc"}
    prior = [{**view, "frame": frames[view["side"], other[view["view"]]]} for view in views]
    body["case"]["prior"] = {"years_before": 2.5, "views": prior}
    route.fulfill(response=response, json=body)


def test_the_exam_before_is_shown_in_place_and_never_marked(sign_in: SignIn) -> None:
    reader = sign_in("resident2")
    for address in ("**/api/assignments/*/", "**/api/sessions/*/next/"):
        reader.page.route(address, add_prior)
    reader.open_case()
    skip = reader.page.get_by_role("button", name="Skip the tutorial")
    if skip.count():
        skip.click()
    expect(reader.page.get_by_text("Prior of 2.5 years before")).to_be_visible()
    reader.stage.focus()
    before = greys(reader)
    reader.click_pane("left_cc", 0.3, 0.5)
    expect(reader.page.locator(".mark")).to_have_count(1)
    reader.page.keyboard.press("p")
    label = reader.pane("left_cc").locator(".pane-label")
    expect(label).to_have_text("L CC PRIOR, 2.5 years before")
    reader.wait_until(lambda: greys(reader) != before, "the exam before")
    expect(reader.page.locator(".mark")).to_have_count(0)
    reader.click_pane("left_cc", 0.4, 0.4)
    reader.page.keyboard.press("m")
    expect(reader.page.get_by_text("Marks go on the current exam")).to_be_visible()
    reader.check_accessibility()
    reader.page.keyboard.press("p")
    expect(label).to_have_text("L CC")
    expect(reader.page.locator(".mark")).to_have_count(1)
    reader.wait_until(lambda: greys(reader) == before, "the exam of today")
    reader.page.keyboard.press("Shift+P")
    expect(reader.page.locator(".pane")).to_have_count(8)
    expect(reader.page.locator(".pane.is-prior")).to_have_count(4)
    beside = reader.page.locator('.pane.is-prior[data-view="left_cc"]')
    expect(beside).to_contain_text("L CC PRIOR, 2.5 years before")
    beside.click()
    expect(reader.page.get_by_text("Marks go on the current exam")).to_be_visible()
    expect(reader.page.locator(".mark")).to_have_count(1)
    reader.page.keyboard.press("g")
    beside.hover()
    expect(beside.locator("canvas.loupe")).to_be_visible()
    reader.pane("left_cc").first.hover()
    expect(beside.locator("canvas.loupe")).to_have_count(0)
    reader.page.keyboard.press("g")
    reader.check_accessibility()
    reader.page.keyboard.press("Shift+P")
    expect(reader.page.locator(".pane")).to_have_count(4)
    reader.page.unroute_all(behavior="ignoreErrors")


def test_a_damaged_exam_before_can_be_fetched_again(sign_in: SignIn) -> None:
    reader = sign_in("educator")
    for address in ("**/api/assignments/*/", "**/api/sessions/*/next/"):
        reader.page.route(address, add_prior)
    reader.open_case()
    reader.page.get_by_role("button", name="Skip the tutorial").click()
    asked: list[str] = []

    def damage(route: Route) -> None:
        asked.append(route.request.url)
        response = route.fetch()
        # Today's frame of a view comes first; what is asked for after it is the exam before.
        damaged = asked.count(route.request.url) > 1
        route.fulfill(response=response, body=response.body()[:-1] if damaged else response.body())

    reader.context.route("**/api/frames/**", damage)
    reader.page.reload()
    reader.wait_for_images()
    reader.stage.focus()
    reader.page.keyboard.press("Shift+P")
    before = reader.page.locator('.pane.is-prior[data-view="left_cc"]')
    expect(before.get_by_role("alert")).to_contain_text("This image arrived damaged twice")
    expect(reader.pane("left_cc").first.get_by_role("alert")).to_have_count(0)
    reader.context.unroute("**/api/frames/**")
    reader.check_accessibility()
    before.get_by_role("button", name="Try again").click()
    expect(before.get_by_role("alert")).to_have_count(0)
    reader.wait_for_drawing()
    assert float(before.locator("canvas").evaluate(MEAN_GREY)) > 5
    reader.page.unroute_all(behavior="ignoreErrors")


def test_drag_sets_the_window_of_all_views_and_is_no_mark(room: Reader) -> None:
    before = greys(room)
    box = room.pane("left_cc").bounding_box()
    assert box
    room.page.mouse.move(box["x"] + 80, box["y"] + 120)
    room.page.mouse.down()
    room.page.mouse.move(box["x"] + 80, box["y"] + 40, steps=5)
    room.page.mouse.up()
    room.wait_until(
        lambda: all(a < b for a, b in zip(before, greys(room), strict=True)), "a brighter window"
    )
    assert room.page.locator(".mark").count() == 0
    room.page.keyboard.press("r")


def test_zoom_and_pan_are_mirrored(room: Reader) -> None:
    room.page.keyboard.press("o")
    expect(room.page.locator(".toolbar")).to_contain_text("100 %")
    room.page.keyboard.press("f")
    room.click_pane("left_cc", 0.3, 0.5)
    room.click_pane("right_cc", 0.7, 0.5)
    for key in ("+", "+"):
        room.page.keyboard.press(key)
    room.page.keyboard.press("Shift+ArrowDown")
    room.wait_for_drawing()

    def place(view: str) -> tuple[float, float]:
        pane, mark = room.pane(view).bounding_box(), room.pane(view).locator(".mark").bounding_box()
        assert pane and mark
        return mark["x"] + mark["width"] / 2 - pane["x"], mark["y"] - pane["y"]

    (left_x, left_y), (right_x, right_y) = place("left_cc"), place("right_cc")
    width = room.pane("left_cc").bounding_box()["width"]  # type: ignore[index]
    assert left_x + right_x == pytest.approx(width, abs=3)
    assert left_y == pytest.approx(right_y, abs=2)
    # The tests after this one go on with the same reading.
    for left in (1, 0):
        room.page.locator(".mark").first.focus()
        room.page.keyboard.press("Delete")
        expect(room.page.locator(".mark")).to_have_count(left)
    room.wait_until_saved()


def test_hanging_steps(room: Reader) -> None:
    for key, shown in (("2", 2), ("3", 2), ("4", 1), ("1", 4)):
        room.page.keyboard.press(key)
        expect(room.page.locator(".pane")).to_have_count(shown)
    room.page.keyboard.press("Space")
    expect(room.pane("left_cc")).to_be_visible()
    expect(room.pane("left_mlo")).to_have_count(0)
    room.page.keyboard.press("Shift+Space")
    expect(room.page.locator(".pane")).to_have_count(4)


def test_each_view_is_walked_through_at_full_size(room: Reader) -> None:
    shown = room.page.locator(".toolbar .numeric")
    for _ in range(3):
        room.page.keyboard.press("Space")
    expect(room.pane("right_cc")).to_be_visible()
    expect(shown).to_contain_text("100 %")
    parts = int((shown.text_content() or "").split(" of ")[1].split(",")[0])
    assert parts > 1, "at 1366 x 768 no breast fits at 1:1"
    room.wait_for_drawing()
    first = room.mean_grey("right_cc")
    for _ in range(parts):
        room.page.keyboard.press("Space")
    expect(room.pane("left_cc")).to_be_visible()
    expect(shown).to_contain_text(f"part 1 of {parts}")
    for _ in range(parts):
        room.page.keyboard.press("Shift+Space")
    expect(room.pane("right_cc")).to_be_visible()
    room.wait_for_drawing()
    assert room.mean_grey("right_cc") == first
    room.page.keyboard.press("1")
    expect(shown).not_to_contain_text("part")


def width_of(place: Locator) -> float:
    box = place.bounding_box()
    assert box
    return box["width"]


def test_ruler_and_loupe_by_mouse_and_keyboard(room: Reader) -> None:
    length = room.page.locator(".ruler text")
    room.page.keyboard.press("ArrowRight")
    room.page.keyboard.press("u")
    for _ in range(5):
        room.page.keyboard.press("ArrowRight")
    expect(length).to_have_text("5.0 mm")
    box = room.pane("left_cc").bounding_box()
    assert box
    room.page.mouse.move(box["x"] + 60, box["y"] + 100)
    room.page.mouse.down()
    room.page.mouse.move(box["x"] + 60, box["y"] + 180, steps=4)
    room.page.mouse.up()
    expect(room.pane("left_cc").locator(".ruler text")).to_contain_text("mm")
    expect(room.page.locator(".mark")).to_have_count(0)
    room.page.keyboard.press("u")
    expect(length).to_have_count(0)
    room.page.keyboard.press("g")
    loupe = room.page.locator("canvas.loupe")
    room.page.mouse.move(box["x"] + 60, box["y"] + 140)
    expect(loupe).to_be_visible()
    before = width_of(loupe)
    room.page.keyboard.press("Shift+G")
    room.wait_until(lambda: width_of(loupe) > before, "a larger loupe")
    room.page.keyboard.press("r")
    expect(loupe).to_have_count(0)


def test_a_damaged_image_is_never_shown(sign_in: SignIn) -> None:
    reader = sign_in("resident2")
    asked: list[str] = []

    def damage(route: Route) -> None:
        response = route.fetch()
        body = bytearray(response.body())
        if not asked or asked[0] == route.request.url:
            asked.append(route.request.url)
            body[len(body) // 2] ^= 1
        route.fulfill(response=response, body=bytes(body))

    reader.context.route("**/api/frames/**", damage)
    reader.page.get_by_role("button", name=READ).click()
    alert = reader.stage.get_by_role("alert")
    sentence = "This image arrived damaged twice, so it is not shown."
    expect(alert.locator("span")).to_have_text(sentence, timeout=MOST_MS)
    assert len(asked) == 2, "asked again once"
    reader.context.unroute("**/api/frames/**")
    reader.check_accessibility()
    reader.stage.get_by_role("button", name="Try again").click()
    expect(alert).to_have_count(0)
    reader.wait_for_images()
    expect(reader.page.locator(".pane-status:not(:empty)")).to_have_count(0)


def test_lesion_on_and_off_in_place(sign_in: SignIn) -> None:
    """Reads until a case with a finding comes up, then takes the finding out and puts it back."""
    reader = sign_in("resident3")
    toggle = reader.page.get_by_role("button", name="Lesion on")
    for _ in range(2):
        reader.open_case()
        skip = reader.page.get_by_role("button", name="Skip the tutorial")
        if skip.count():
            skip.click()
        reader.answer_all(density="B", right="1", left="1")
        reader.submit()
        reader.page.wait_for_url("**/feedback/**")
        reader.wait_for_images()
        if toggle.count():
            break
        reader.visit("/")
    expect(reader.page.get_by_role("heading", name="The finding", exact=True)).to_be_visible()
    reader.page.get_by_role("button", name="Show in").first.click()
    expect(reader.page.locator("path.outline").first).to_be_attached()
    with_lesion = greys(reader)
    reader.wait_until(lambda: lesion_off(reader, with_lesion), "the lesion to go")
    expect(reader.page.locator("path.outline")).to_have_count(0)
    reader.stage.focus()
    reader.page.keyboard.press("b")
    reader.wait_until(lambda: greys(reader) == with_lesion, "the lesion again")


def lesion_off(reader: Reader, with_lesion: list[float]) -> bool:
    """Off, and the picture changed: the frame without the lesion may still be on its way."""
    button = reader.page.get_by_role("button", name="Lesion on")
    if button.count():
        button.click()
    return greys(reader) != with_lesion
