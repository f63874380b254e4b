"""Draw the recipes of the reference form: two parallel forms of 30 cases each.

    python scripts/draw_reference_form.py > trainer/learning/reference_form.json

Position by position A and B hold the same kind in the same density and contrast, in other women.
Six in thirty come with the exam before, half of them without anything to act on.
The file is committed and does not change again: readings of the form are compared over years.
"""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generation.spec import CaseSpec

# (kind or "none", actionable, density, more): the order in which the form is read.
PLAN = (
    ("none", None, "B", {}),
    ("mass", True, "B", {"contrast": 1.2}),
    ("none", None, "C", {}),
    ("calcification_group", True, "C", {"contrast": 0.9}),
    ("cyst", False, "C", {}),
    ("none", None, "A", {}),
    ("mass", True, "C", {"contrast": 1.0}),
    ("architectural_distortion", True, "B", {"contrast": 1.1}),
    ("none", None, "C", {}),
    ("asymmetry", True, "B", {"descriptors": {"type": "developing"}, "prior": True}),
    ("none", None, "B", {"prior": True}),
    ("calcification_group", True, "B", {"contrast": 0.7}),
    ("fibroadenoma", False, "B", {}),
    ("mass", True, "D", {"contrast": 1.2}),
    ("none", None, "D", {}),
    ("asymmetry", True, "C", {"descriptors": {"type": "developing"}, "prior": True}),
    ("none", None, "B", {}),
    ("architectural_distortion", True, "C", {"contrast": 1.0}),
    ("intramammary_node", False, "B", {"prior": True}),
    ("mass", True, "B", {"contrast": 0.8}),
    ("none", None, "C", {"prior": True}),
    ("calcification_group", True, "C", {"contrast": 1.3}),
    ("none", None, "A", {}),
    ("asymmetry", True, "B", {"descriptors": {"type": "developing"}, "prior": True}),
    ("scar", False, "C", {}),
    ("mass", True, "C", {"contrast": 0.7, "prior": True}),
    ("none", None, "C", {}),
    ("architectural_distortion", True, "B", {"contrast": 0.8}),
    ("calcification_group", True, "D", {"contrast": 0.8}),
    ("asymmetry", False, "B", {"descriptors": {"type": "focal"}}),
)
FORMS = ("A", "B")
_ROOT = 20_261_125
# Positions whose two cases change forms, so that both are as hard as they were measured to be.
_SWAPPED = (0, 5, 10, 12, 13, 16, 17, 19, 21, 22, 25, 26, 27, 29)


def draw_recipe(form: int, number: int) -> dict[str, object]:
    if number in _SWAPPED:
        form = 1 - form
    kind, actionable, density, more = PLAN[number]
    wishes = {"findings": kind, "density": density, "prior": False, **more}
    if actionable is not None:
        wishes["actionable"] = actionable
    rng = np.random.default_rng(np.random.SeedSequence(_ROOT, spawn_key=(form, number)))
    return CaseSpec.draw(rng, **wishes, seed=_ROOT + 1000 * form + number).to_json()


def main() -> None:
    forms = {
        name: [draw_recipe(form, number) for number in range(len(PLAN))]
        for form, name in enumerate(FORMS)
    }
    sys.stdout.write('{"version": 1, "forms": {\n')
    for position, (name, recipes) in enumerate(forms.items()):
        lines = ",\n".join(json.dumps(recipe) for recipe in recipes)
        sys.stdout.write(f'"{name}": [\n{lines}\n]{"," if position + 1 < len(forms) else ""}\n')
    sys.stdout.write("}}\n")


if __name__ == "__main__":
    main()
