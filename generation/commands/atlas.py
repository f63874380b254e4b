"""`python -m generation atlas`: a page of every kind of finding in every density, truth drawn."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation.code_version import read_code_version
from generation.commands.arguments import positive_number, seed_number
from generation.lesions import REGISTRY
from generation.output import write_json
from generation.spec import CaseSpec
from generation.transformations import change_density
from generation.vocabulary import DENSITIES, term_keys

if TYPE_CHECKING:
    from generation.atlas.examples import Example
    from generation.exams import Exam

EXAMPLE = """example:
  python -m generation atlas --out build/atlas
  python -m generation atlas --out build/atlas --kinds mass cyst --densities B D --count-per 3
  (again with the same --out: goes on where it stopped)"""
DEFAULT_SEED = 3


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "atlas",
        help="render a browsable page of every finding in every density",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    densities = term_keys(DENSITIES)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to fill")
    parser.add_argument(
        "--kinds", nargs="+", choices=tuple(REGISTRY), metavar="KIND", help="default: all"
    )
    parser.add_argument(
        "--densities", nargs="+", choices=densities, default=densities, help="default: all"
    )
    parser.add_argument(
        "--count-per",
        type=positive_number,
        default=1,
        metavar="N",
        help="examples of each kind (default: 1)",
    )
    parser.add_argument(
        "--seed", type=seed_number, default=DEFAULT_SEED, metavar="S", help="of the woman shown"
    )
    parser.add_argument("--weights", type=Path, help="safetensors file (default: the shipped one)")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.set_defaults(run=run)


@dataclass(frozen=True)
class Store:
    """The folder of an atlas: pictures, one JSON entry for each finding and density, the page."""

    folder: Path
    made_by: str

    def __post_init__(self) -> None:
        self.images.mkdir(parents=True, exist_ok=True)
        self.entries.mkdir(parents=True, exist_ok=True)

    @property
    def images(self) -> Path:
        return self.folder / "images"

    @property
    def entries(self) -> Path:
        return self.folder / "entries"

    def read(self, name: str, spec: dict[str, Any]) -> dict[str, Any] | None:
        """The entry of this name, if this code with these weights made it of this spec."""
        path = self.entries / f"{name}.json"
        entry = json.loads(path.read_text()) if path.is_file() else {}
        same = entry.get("spec") == spec and entry.get("made_by") == self.made_by
        return entry if same else None

    def write(self, name: str, number: int, example: Example) -> dict[str, Any]:
        """Pictures first, the entry last: an entry that is there is whole."""
        from generation.atlas.pictures import write_pictures

        truth = example.truth.to_json()
        views = {
            view: {
                "pictures": write_pictures(shown, example.truth.id, self.images, f"{name}-{view}"),
                "dprime": truth["views"][f"left_{view}"]["dprime"],
                "visible": truth["views"][f"left_{view}"]["visible"],
            }
            for view, shown in example.views.items()
        }
        entry = {
            **{field: truth[field] for field in ("kind", "descriptors", "assessment", "pathology")},
            "teaching": truth["teaching"],
            "example": number,
            "density": example.spec.density,
            "size_mm": example.spec.lesions[0].size_mm,
            "views": views,
            "spec": example.spec.to_json(),
            "made_by": self.made_by,
        }
        write_json(entry, self.entries / f"{name}.json")
        return entry


def run(args: argparse.Namespace) -> int:
    """Render what is missing and write the page after every kind."""
    from generation.atlas.examples import draw_example, draw_woman, open_exam
    from generation.atlas.page import build_page
    from generation.networks.weights import DEFAULT_WEIGHTS, load_generator

    trained = load_generator(args.weights or DEFAULT_WEIGHTS, args.device)
    store = Store(args.out, f"{read_code_version()} {trained.sha256[:12]}")
    woman = draw_woman(args.seed)
    exams = {
        density: open_exam(change_density(woman, density), trained.network, args.device)
        for density in args.densities
    }
    origin = {"seed": str(args.seed), "code": read_code_version(), "weights": trained.sha256[:12]}
    entries: list[dict[str, Any]] = []
    for kind in args.kinds or REGISTRY:
        started = time.perf_counter()
        for number in range(1, args.count_per + 1):
            spec = draw_example(woman, kind, number)
            entries += _render_example(store, exams, spec, number)
        page = build_page(entries, origin)
        (args.out / "index.html").write_text(page, encoding="utf-8")
        print(f"{kind}: {time.perf_counter() - started:.1f} s", flush=True)
    print(f"wrote {args.out / 'index.html'}")
    return 0


def _render_example(
    store: Store, exams: Mapping[str, Exam], spec: CaseSpec, number: int
) -> list[dict[str, Any]]:
    """Entries of one finding in every density; what the folder holds is not made again."""
    from generation.atlas.examples import show_example

    entries = []
    for density, exam in exams.items():
        step = change_density(spec, density)
        name = f"{spec.lesions[0].kind}-{number}-{density}"
        known = store.read(name, step.to_json())
        entries.append(known or store.write(name, number, show_example(exam, step)))
    return entries
