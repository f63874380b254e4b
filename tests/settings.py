"""The site's own settings, with everything it writes in a folder of its own that goes away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PARENCHYMA_TEST_DATA" not in os.environ:
    os.environ["PARENCHYMA_TEST_DATA"] = tempfile.mkdtemp(prefix="parenchyma-tests-")
    atexit.register(shutil.rmtree, os.environ["PARENCHYMA_TEST_DATA"], ignore_errors=True)
# Test processes beside each other (pytest -n 2) share nothing.
os.environ["DATA_DIR"] = str(
    Path(os.environ["PARENCHYMA_TEST_DATA"]) / os.environ.get("PYTEST_XDIST_WORKER", "")
)

from trainer.settings import *  # noqa: F403

# Real hashing takes a tenth of a second a person; its strength is not what the tests are about.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # In a file, as on a real site: threads of a test wait for each other's writes. In memory
    # they would share one cache, whose table locks fail at once.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}  # noqa: F405
