"""The page stands alone, says everything in tables too, and keeps real pictures off."""

import base64
import io
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image

from generation.evaluation.page import build_page
from generation.evaluation.page.markup import write_number, write_signed
from generation.evaluation.page.plot import Axis, Band, Curve, draw_lines, round_axis
from tests.generation.evaluation.conftest import Made

VOID = {"meta", "img", "br", "line", "polyline", "polygon", "circle", "rect", "link"}


class Outline(HTMLParser):
    """Elements, their attributes, and whether every one that opens also closes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def find(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.seen if name == tag]


def build(made: Made, *, with_real: bool = False) -> str:
    sets = list(made.done.material.sets.values())
    return build_page(made.done.report, sets, with_real=with_real)


def pictures_on(page: str) -> list[np.ndarray]:
    found = re.findall(r'src="data:image/png;base64,([^"]+)"', page)
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(data)))) for data in found]


def test_needs_nothing_from_outside(made: Made) -> None:
    page = build(made)
    outline = Outline(page)
    assert not outline.find("script")
    assert not re.search(r"https?://|url\(|@import", page)
    sources = [str(image["src"]) for image in outline.find("img")]
    assert all(source.startswith("data:image/png;base64,") for source in sources)


def test_everything_has_words(made: Made) -> None:
    outline = Outline(build(made))
    charts = [svg for svg in outline.find("svg") if svg.get("aria-hidden") != "true"]
    assert len(charts) == 5
    assert all(svg["role"] == "img" and svg["aria-label"] for svg in charts)
    assert all(image["alt"] for image in outline.find("img"))
    assert len(outline.find("table")) == len(outline.find("caption"))


def test_every_chart_has_its_table(made: Made) -> None:
    figures = re.findall(r'<div class="beside">(.*?)</table></div></div>', build(made), re.DOTALL)
    assert len(figures) == 5
    assert all("<svg" in figure and "<table" in figure for figure in figures)


def test_real_pictures_are_shown_only_when_asked(made: Made) -> None:
    crops = [
        image.crop for name in ("real", "network") for image in made.done.material.sets[name].images
    ]
    shown = pictures_on(build(made))
    assert shown
    assert not any(np.array_equal(crop, picture) for crop in crops for picture in shown)
    private = build(made, with_real=True)
    assert "not to be passed on" in private
    assert any(np.array_equal(crop, picture) for crop in crops for picture in pictures_on(private))


def test_what_was_not_measured_is_said(made: Made) -> None:
    body = {**made.done.report, "failures": {"network/kernel": "no <weights>"}}
    page = build_page(body, [], with_real=False)
    Outline(page)
    assert "network/kernel: no &lt;weights&gt;" in page


@pytest.mark.parametrize("missing", ["spectra", "histograms", "skins", "roc"])
def test_a_missing_figure_leaves_the_page(made: Made, missing: str) -> None:
    figures = {**made.done.report["figures"], missing: None}
    Outline(build_page({**made.done.report, "figures": figures}, [], with_real=False))


def test_numbers_read_well() -> None:
    assert write_number(None) == "–"
    assert write_number(0.123456) == "0.12"
    assert write_number(0.000123) == "0.00012"
    assert write_number(-2.5, 1) == "−2.5"
    assert write_number(1234) == "1,234"
    assert write_number(True) == "yes"
    assert write_signed(0.25, 1) == "+0.2"


def test_axes_hold_both_ends_and_logs() -> None:
    axis = round_axis("dB", -7.2, 3.1, 5)
    assert (axis.low, axis.high) == (-10, 5)
    assert axis.ticks[0] == (-10, "−10")
    logarithmic = Axis("f", 0.1, 10, (), log=True)
    assert logarithmic.share(1) == pytest.approx(0.5)
    assert logarithmic.share(100) == 1


def test_curves_break_where_nothing_was_measured() -> None:
    axis = round_axis("x", 0, 4, 1)
    drawn = draw_lines(
        "said",
        axis,
        axis,
        [Curve("a", "network", [0, 1, 2, 3], [1, None, 2, 3])],
        Band("b", [0, 1, 2], [0, None, 1], [1, None, 2]),
    )
    assert drawn.count('<polyline class="curve network"') == 2
    assert "None" not in drawn
