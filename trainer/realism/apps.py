from django.apps import AppConfig


class RealismConfig(AppConfig):
    name = "trainer.realism"
    label = "realism"
    default_auto_field = "django.db.models.BigAutoField"
