from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "trainer.reports"
    label = "reports"
    verbose_name = "Reports"
