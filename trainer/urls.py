from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("trainer.api.urls")),
    path("", include("trainer.accounts.urls")),
    path("", include("trainer.web.urls")),
]
