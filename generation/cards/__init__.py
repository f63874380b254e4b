"""The model card of a generator: what it is for, how it was measured, where it falls short.

`read_card` puts it together from the files beside the weights NAME.safetensors:

    NAME.json               config, hash and training record, written by training
    NAME.evaluation.json    report of `python -m generation evaluate`
    NAME.audit.json         report of `python -m generation audit`
    NAME.card.md            what no program can say: intended use, licences, known failures
    pictures/pictures.json  which weights drew the pictures of known failures

Every number comes from the JSON files. A report of other weights is said to be one and its numbers
are left out; a missing report is "not measured yet". Reads files alone, never torch, so that web
processes can show a card.
"""

from generation.cards.card import Card
from generation.cards.files import read_card

__all__ = ["Card", "read_card"]
