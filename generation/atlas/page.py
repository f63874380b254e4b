"""The atlas as one HTML page: no network, no script but two switches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from generation.lesions import REGISTRY
from generation.lesions.finding import Finding
from generation.vocabulary import PATHOLOGIES

Entry = Mapping[str, Any]

VIEW_LABELS = {"cc": "CC", "mlo": "MLO"}
PATHOLOGY_LABELS = {term.key: term.label for term in PATHOLOGIES}
STYLE = """
:root { color-scheme: dark; }
body { margin: 0; background: #101214; color: #e4e6e9; font: 15px/1.5 system-ui, sans-serif; }
a { color: #8fc1e8; }
header { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 4px 24px;
  align-items: baseline; padding: 8px 16px; background: #191c20;
  border-bottom: 1px solid #4a5058; }
header h1 { margin: 0; font-size: 18px; }
.layout { display: grid; grid-template-columns: 230px minmax(0, 1fr); }
nav { position: sticky; top: 46px; align-self: start; max-height: calc(100vh - 46px);
  overflow: auto; padding: 12px 16px; }
nav h2 { margin: 12px 0 2px; font-size: 13px; color: #a9b0b8; }
nav ul { margin: 0; padding: 0; list-style: none; }
main { padding: 8px 16px 64px; }
section { scroll-margin-top: 60px; margin-bottom: 40px; }
.muted { color: #a9b0b8; }
.columns { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr));
  gap: 12px; }
.density { padding: 8px; background: #191c20; border-radius: 6px; }
.density h4 { margin: 0 0 4px; font-size: 14px; }
figure { margin: 0 0 8px; }
.picture { position: relative; display: block; margin-bottom: 4px; }
.picture img { display: block; width: 100%; height: auto; }
.picture .outline, .picture .base { position: absolute; inset: 0; }
.outline, .base { visibility: hidden; }
body:has(#truth:checked) .outline, body:has(#without:checked) .base { visibility: visible; }
figcaption { font-size: 13px; color: #a9b0b8; }
@media (max-width: 800px) { .layout { grid-template-columns: 1fr; } nav { position: static; } }
"""


def build_page(entries: Sequence[Entry], origin: Mapping[str, str]) -> str:
    """The page.

    Args:
        entries: as `generation.commands.atlas` stores them, in any order.
        origin: what to say of how the atlas was made, by label.
    """
    by_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry["kind"], []).append(entry)
    kinds = [finding for finding in REGISTRY.values() if finding.key in by_kind]
    sections = "".join(_show_kind(finding, by_kind[finding.key]) for finding in kinds)
    made = "; ".join(f"{escape(label)} {escape(said)}" for label, said in origin.items())
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parenchyma: atlas of findings</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1>Atlas of findings</h1>
<label><input type="checkbox" id="truth"> Truth outlines</label>
<label><input type="checkbox" id="without"> Without the finding</label>
<span class="muted">Synthetic images. Not for diagnosis. {made}</span>
</header>
<div class="layout">
<nav aria-label="Kinds of finding">{_show_navigation(kinds)}</nav>
<main>{sections}</main>
</div>
</body>
</html>
"""


def _show_navigation(kinds: Sequence[Finding]) -> str:
    groups: dict[str, list[Finding]] = {}
    for finding in kinds:
        groups.setdefault(finding.group, []).append(finding)
    parts = []
    for group, findings in groups.items():
        links = "".join(
            f'<li><a href="#{escape(finding.key)}">{escape(finding.label)}</a></li>'
            for finding in findings
        )
        parts.append(f"<h2>{escape(_in_words(group))}</h2><ul>{links}</ul>")
    return "".join(parts)


def _show_kind(finding: Finding, entries: Sequence[Entry]) -> str:
    low, high = finding.size_mm
    reads = _in_words(finding.reads_as) if finding.reads_as else "nothing to mark"
    words = "; ".join(
        f"{descriptor.label}: {', '.join(value.label for value in descriptor.values)}"
        for descriptor in finding.descriptors
    )
    said = f"Reads as: {reads}. {low:g}-{high:g} mm, {finding.size_means}. {words}"
    examples = "".join(
        _show_example(finding, [entry for entry in entries if entry["example"] == number])
        for number in sorted({entry["example"] for entry in entries})
    )
    return (
        f'<section id="{escape(finding.key)}"><h2>{escape(finding.label)}</h2>'
        f'<p class="muted">{escape(said)}</p>{examples}</section>'
    )


def _show_example(finding: Finding, entries: Sequence[Entry]) -> str:
    """One finding in every density, the densities side by side."""
    first = entries[0]
    labels = {
        part.key: {value.key: value.label for value in part.values} for part in finding.descriptors
    }
    words = [labels[name][value] for name, value in first["descriptors"].items()]
    said = ", ".join([*words, f"{first['size_mm']:g} mm"])
    pathology = PATHOLOGY_LABELS[first["pathology"]].lower()
    outcome = f"Category {first['assessment']}, {pathology}."
    columns = "".join(
        _show_density(finding, entry) for entry in sorted(entries, key=lambda e: e["density"])
    )
    return (
        f"<h3>{escape(said)}. {escape(outcome)}</h3><p>{escape(first['teaching'])}</p>"
        f'<div class="columns">{columns}</div>'
    )


def _show_density(finding: Finding, entry: Entry) -> str:
    figures = "".join(
        _show_view(finding, entry, view, shown) for view, shown in sorted(entry["views"].items())
    )
    density = escape(entry["density"])
    return f'<div class="density"><h4>Density {density}</h4>{figures}</div>'


def _show_view(finding: Finding, entry: Entry, view: str, shown: Entry) -> str:
    dprime = shown["dprime"]
    seen = "d' not measured" if dprime is None else f"d' {dprime:.1f}"
    hidden = "" if shown["visible"] else ", cannot be made out"
    label = VIEW_LABELS[view]
    alt = f"{finding.label}, {label} view, density {entry['density']}"
    pictures = "".join(_show_picture(names, alt) for names in shown["pictures"])
    caption = escape(f"{label}: {seen}{hidden}")
    return f"<figure>{pictures}<figcaption>{caption}</figcaption></figure>"


def _show_picture(names: Mapping[str, str], alt: str) -> str:
    """The finding, and over it, when switched on, the place without it and the outline."""
    layers = (("image", alt), ("base", ""), ("outline", ""))
    images = "".join(
        f'<img class="{key}" src="images/{escape(names[key])}" alt="{escape(said)}" loading="lazy">'
        for key, said in layers
    )
    return f'<span class="picture">{images}</span>'


def _in_words(key: str) -> str:
    return key.replace("_", " ").capitalize()
