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
print([name for name in ("torch", "generation.synthesis") if name in sys.modules])
"""


def test_a_web_process_never_loads_torch() -> None:
    visited = subprocess.run([sys.executable, "-c", VISIT], capture_output=True, text=True)
    assert visited.stdout.strip() == "[]", visited.stderr
