"""The words of a mass for kinds that read as one, each with the values that it may take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generation.vocabulary import MASS_DENSITIES, MASS_MARGINS, MASS_SHAPES, Descriptor, Term


def describe_mass(
    *, shapes: Sequence[str], margins: Sequence[str], densities: Sequence[str]
) -> tuple[Descriptor, ...]:
    """Shape, margin and density with some of their values; ValueError for an unknown one."""
    return (
        Descriptor("shape", "Shape", _pick(MASS_SHAPES, shapes)),
        Descriptor("margin", "Margin", _pick(MASS_MARGINS, margins)),
        Descriptor("density", "Density", _pick(MASS_DENSITIES, densities)),
    )


def _pick(terms: tuple[Term, ...], keys: Sequence[str]) -> tuple[Term, ...]:
    known = {term.key: term for term in terms}
    unknown = set(keys) - set(known)
    if unknown:
        raise ValueError(f"no such word: {', '.join(sorted(unknown))}")
    return tuple(known[key] for key in keys)


def name_mass(words: Mapping[str, str], size_mm: float) -> str:
    """A mass in a few words, such as "An oval low-density mass of 12 mm"."""
    density = {
        "high": "dense",
        "equal": "equal-density",
        "low": "low-density",
        "fat_containing": "fat-containing",
    }[words["density"]]
    article = "A" if words["shape"] == "round" else "An"
    return f"{article} {words['shape']} {density} mass of {size_mm:.0f} mm"
