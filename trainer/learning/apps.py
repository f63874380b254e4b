from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "trainer.learning"
    label = "learning"
    verbose_name = "Abilities"
