from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "trainer.web"
    label = "web"
    verbose_name = "Pages"
