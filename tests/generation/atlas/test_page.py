import re
from html.parser import HTMLParser
from typing import Any

from generation.atlas.page import build_page
from generation.lesions import REGISTRY


class Outline(HTMLParser):
    """Ids, links and images of a page; fails on a tag that is not closed in order."""

    VOID = frozenset({"meta", "input", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.images: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag == "a":
            self.links.append(str(named["href"]))
        if tag == "img":
            self.images.append(named)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def make_entry(kind: str, density: str, **changes: Any) -> dict[str, Any]:
    finding = REGISTRY[kind]
    words = {part.key: part.values[0].key for part in finding.descriptors}
    name = f"{kind}-1-{density}-cc"
    picture = {"image": f"{name}.jpg", "base": f"{name}-w.jpg", "outline": f"{name}-o.png"}
    entry = {
        "kind": kind,
        "example": 1,
        "density": density,
        "descriptors": words,
        "assessment": "3",
        "pathology": "benign",
        "teaching": "Text.",
        "size_mm": 9.0,
        "views": {"cc": {"pictures": [picture], "dprime": 2.25, "visible": True}},
    }
    return {**entry, **changes}


def parse(page: str) -> Outline:
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    return outline


def test_page_shows_every_entry_under_its_kind_and_links_to_it() -> None:
    entries = [make_entry(kind, density) for kind in REGISTRY for density in "BA"]
    page = build_page(entries, {"seed": "3"})
    outline = parse(page)
    assert outline.links == [f"#{kind}" for kind in _by_group(outline.ids)]
    assert set(REGISTRY) <= set(outline.ids)
    assert len(outline.images) == 3 * len(entries)
    assert page.index("mass-1-A-cc.jpg") < page.index("mass-1-B-cc.jpg")
    assert "d&#x27; 2.2" in page
    assert "seed 3" in page


def _by_group(ids: list[str]) -> list[str]:
    """Kinds as the navigation lists them: chapters in the order of their first kind."""
    groups: dict[str, list[str]] = {}
    for kind in (name for name in ids if name in REGISTRY):
        groups.setdefault(REGISTRY[kind].group, []).append(kind)
    return [kind for kinds in groups.values() for kind in kinds]


def test_page_needs_no_network_and_says_what_it_is() -> None:
    page = build_page([make_entry("mass", "C")], {})
    assert not re.search(r"(https?:)?//", page)
    assert "<script" not in page and "@import" not in page
    assert "Not for diagnosis" in page
    assert all(str(image["src"]).startswith("images/") for image in parse(page).images)


def test_page_escapes_what_it_is_given() -> None:
    page = build_page([make_entry("mass", "C", teaching="<b>bold</b> & so on")], {})
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; so on" in page


def test_what_no_observer_is_measured_on_is_said_so() -> None:
    views: dict[str, Any] = {"cc": {"pictures": [], "dprime": None, "visible": False}}
    page = build_page([make_entry("mass", "C", views=views)], {})
    assert "not measured, cannot be made out" in page
