from trainer.learning.models.ability import AbilityEstimate
from trainer.learning.models.curriculum import CohortCurriculum, Curriculum
from trainer.learning.models.difficulty import ItemDifficulty
from trainer.learning.models.fit import DifficultyFit
from trainer.learning.models.form import FormPlace
from trainer.learning.models.review import KindReview
from trainer.learning.models.stock import StockItem
from trainer.learning.models.stocking import StockState

__all__ = [
    "AbilityEstimate",
    "CohortCurriculum",
    "Curriculum",
    "DifficultyFit",
    "FormPlace",
    "ItemDifficulty",
    "KindReview",
    "StockItem",
    "StockState",
]
