from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from trainer.web.manifest import FrontendMissingError, find_frontend_files


@require_safe
@never_cache
@login_required
@ensure_csrf_cookie
def show_shell(request: HttpRequest, **_: object) -> HttpResponse:
    """The page in which the front end runs; it finds its own way from the address."""
    try:
        files = find_frontend_files()
    except FrontendMissingError:
        return render(request, "web/frontend_missing.html", status=503)
    return render(request, "web/shell.html", {"files": files})
