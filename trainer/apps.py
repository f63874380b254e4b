from django.apps import AppConfig


class TrainerConfig(AppConfig):
    """The site as a whole: it holds the commands that run it, and no tables."""

    name = "trainer"
    label = "trainer"
    verbose_name = "Parenchyma"
