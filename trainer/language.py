"""How words stand in sentences of the language in use."""

from django.utils.translation import get_language, gettext


def lower_word(label: str) -> str:
    """A label within a sentence: German keeps the capitals of its nouns."""
    return label if (get_language() or "").startswith("de") else label.lower()


def translate_known(text: str) -> str:
    """A stored English text in the language in use, where its catalogue has it."""
    return gettext(text) if text else ""
