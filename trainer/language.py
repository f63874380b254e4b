"""How words stand in sentences of the language in use."""

from django.utils.translation import get_language


def lower_word(label: str) -> str:
    """A label within a sentence: German keeps the capitals of its nouns."""
    return label if (get_language() or "").startswith("de") else label.lower()
