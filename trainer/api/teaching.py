"""Teaching texts, stored in English with the finding, in the language of the answer."""

import re
from typing import Final

from django.utils.translation import gettext

_BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")
# Numbers keep their order in every language; the catalogue has "#" in their place.
_NUMBER: Final = re.compile(r"\b\d+\b")


def translate_teaching(text: str) -> str:
    """Translate a paragraph sentence by sentence; one that the catalogue lacks stays English."""
    return " ".join(map(_translate, _BETWEEN_SENTENCES.split(text))) if text else ""


def _translate(sentence: str) -> str:
    known = _NUMBER.sub("#", sentence)
    translated = gettext(known)
    if translated == known:
        return sentence
    numbers = iter(_NUMBER.findall(sentence))
    return re.sub("#", lambda _place: next(numbers), translated)
