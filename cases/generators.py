"""The generators of this site: which may be ordered, and which draws where none is named."""

from pathlib import Path

from django.conf import settings

from cases.errors import GeneratorError
from generation.packages.registry import (
    SHIPPED_WEIGHTS,
    InstalledGenerator,
    RegistryError,
    find_generator,
    list_generators,
    read_generator,
)


def default_generator() -> InstalledGenerator:
    """The generator of cases for which none was named.

    Raises:
        GeneratorError: if what the settings name is not there.
    """
    wanted = settings.GENERATION_WEIGHTS
    try:
        if not wanted:
            return read_generator(SHIPPED_WEIGHTS)
        if "/" in wanted or wanted.endswith(".safetensors"):
            return read_generator(Path(wanted))
        return find_generator(wanted, list_generators(settings.GENERATORS_DIR))
    except RegistryError as error:
        raise GeneratorError(f"The site's default generator cannot be used: {error}") from error


def installed_generators() -> list[InstalledGenerator]:
    """All that may be named in an order, the default first (where it can be read at all)."""
    known = list_generators(settings.GENERATORS_DIR)
    try:
        default = default_generator()
    except GeneratorError:
        return known
    return [default, *(each for each in known if each.sha256 != default.sha256)]


def find_installed(wanted: str) -> InstalledGenerator:
    """The generator that an order means by a name or a SHA-256.

    Raises:
        GeneratorError: if there is none; the message says which there are.
    """
    try:
        return find_generator(wanted, installed_generators())
    except RegistryError as error:
        raise GeneratorError(str(error)) from error


def find_ordered(sha256: str, name: str) -> InstalledGenerator:
    """The generator that draws a request: with the weights that were chosen, or the default.

    Raises:
        GeneratorError: if it is not here, say because it was removed since.
    """
    if not sha256:
        return default_generator()
    for generator in installed_generators():
        if generator.sha256 == sha256:
            return generator
    raise GeneratorError(
        f"The generator “{name}” (weights {sha256[:12]}…) with which this case was ordered is not "
        "installed where cases are made. Install it again and retry, or order with another."
    )
