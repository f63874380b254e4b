from trainer.realism.models.answer import RealismAnswer, RealismReading
from trainer.realism.models.real_image import RealImage, RealImport
from trainer.realism.models.test import RealismImage, RealismTest

__all__ = [
    "RealImage",
    "RealImport",
    "RealismAnswer",
    "RealismImage",
    "RealismReading",
    "RealismTest",
]
