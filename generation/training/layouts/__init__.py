"""Folders of real mammograms: each data set's layout in a file, recognised by what lies in it."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from generation.training.layouts import (
    cbis_ddsm,
    cdd_cesm,
    cdd_cesm_published,
    inbreast,
    site_folder,
    vindr_mammo,
)
from generation.training.layouts.layout import Layout, LayoutError

# The site's folder comes last: its table asks for least.
KNOWN: tuple[ModuleType, ...] = (
    cdd_cesm,
    cdd_cesm_published,
    cbis_ddsm,
    inbreast,
    vindr_mammo,
    site_folder,
)

__all__ = ["KNOWN", "Layout", "LayoutError", "recognise"]


def recognise(folder: Path) -> Layout:
    """Read a folder by the first layout that it has.

    Raises:
        LayoutError: if there is no such folder, it has none of the layouts (all are listed), or
            what makes up its layout cannot be read.
    """
    if not folder.is_dir():
        raise LayoutError(f"{folder} is not a folder")
    for module in KNOWN:
        if module.matches(folder):
            layout: Layout = module.read(folder)
            return layout
    looked_for = "; ".join(module.LOOKED_FOR for module in KNOWN)
    raise LayoutError(f"{folder} has none of the known layouts. Looked for: {looked_for}")
