from trainer.learning.models.ability import AbilityEstimate
from trainer.learning.models.difficulty import ItemDifficulty

__all__ = ["AbilityEstimate", "ItemDifficulty"]
