from django.urls import URLPattern, URLResolver, path

from trainer.web.views.health import show_health
from trainer.web.views.shell import show_shell

# The front end's pages. Each is listed, so that any other address is an honest 404.
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", show_health, name="healthz"),
    path("", show_shell, name="home"),
    path("read/<uuid:assignment>", show_shell, name="read"),
    path("feedback/<uuid:reading>", show_shell, name="feedback"),
    path("sessions/<uuid:session>", show_shell, name="session"),
    path("tests", show_shell, name="tests-page"),
    path("tests/<uuid:session>", show_shell, name="test-result-page"),
    path("notes", show_shell, name="notes-page"),
    path("progress", show_shell, name="progress"),
    path("sandbox", show_shell, name="sandbox-page"),
    path("sandbox/<uuid:sandbox>", show_shell, name="sandbox-room"),
    path("challenges/<uuid:challenge>", show_shell, name="challenge-page"),
    path("cohort", show_shell, name="cohort"),
    path("curricula", show_shell, name="curricula-page"),
    path("curricula/new", show_shell, name="curriculum-new"),
    path("curricula/<int:curriculum>", show_shell, name="curriculum-page"),
    path("people", show_shell, name="people"),
    path("requests", show_shell, name="requests"),
    path("reports", show_shell, name="reports"),
    path("real-or-synthetic", show_shell, name="real-or-synthetic"),
    path("real-or-synthetic/<uuid:reading>", show_shell, name="realism-page"),
    path("model-card", show_shell, name="model-card"),
    path("model-card/<str:generator>", show_shell, name="generator-card"),
]
