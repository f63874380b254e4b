import subprocess
import sys

VISIT = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
from django.test import Client
status = Client(headers={"host": "localhost"}).get("/api/me/").status_code
assert status in (401, 403), status
import numpy as np
from cases.queries import previews
from generation import preview
from tests.generation.specs import make_lesion, make_spec
drawn = {view: np.full((2304, 1792), 1200, np.uint16) for view in ("cc", "mlo")}
breast = preview.open_breast(make_spec(), "left", drawn)
assert set(preview.preview_finding(breast, make_lesion())) == {"cc", "mlo"}
assert previews.expect_tier(make_spec(make_lesion())).tier
print([name for name in ("torch", "generation.synthesis") if name in sys.modules])
"""


def test_a_web_process_never_loads_torch_even_to_show_a_finding_at_once() -> None:
    visited = subprocess.run([sys.executable, "-c", VISIT], capture_output=True, text=True)
    assert visited.stdout.strip() == "[]", visited.stderr
