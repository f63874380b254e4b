"""The two pages that a link opens without a sign-in: joining, and choosing a password."""

from collections.abc import Callable
from functools import wraps

from allauth.core.internal import ratelimit
from django.contrib.auth import login
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from trainer.accounts.domain.invites import accept_invite, join_by_invite
from trainer.accounts.domain.password_links import use_password_link
from trainer.accounts.errors import AccountsError, LinkError
from trainer.accounts.forms import AcceptInviteForm, NewPasswordForm
from trainer.accounts.models import Invite, User
from trainer.accounts.queries.people import find_open_invite, find_open_password_link

SIGN_IN_BACKEND = "django.contrib.auth.backends.ModelBackend"
Page = Callable[[HttpRequest, str], HttpResponse]


def link_page(view: Page) -> Page:
    """A page behind a secret address: not cached, not logged, not told to other sites.

    Links that are not valid count towards a limit; a class that joins at once from one hospital's
    address does not.
    """

    @wraps(view)
    @never_cache
    @sensitive_post_parameters("password", "password_again")
    @require_http_methods(["GET", "POST"])
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        if not count_wrong_link(request, dry_run=True):
            response = render(request, "accounts/link_too_often.html", status=429)
        else:
            try:
                response = view(request, token)
            except LinkError:
                count_wrong_link(request)
                response = render(request, "accounts/link_closed.html", status=410)
        # Never the path; with "no-referrer" a browser sends the form with "Origin: null", which
        # Django takes for a forgery.
        response["Referrer-Policy"] = "strict-origin"
        # Django logs the address of every 4xx, and this one is a secret that may still be open.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return guarded


def count_wrong_link(request: HttpRequest, *, dry_run: bool = False) -> bool:
    """Whether the limit of wrong links from this address still leaves room."""
    usage = ratelimit.consume(
        request, app="allauth.account", action="wrong_link", dry_run=dry_run, limit_get=True
    )
    return usage is not None


@link_page
def invite_page(request: HttpRequest, token: str) -> HttpResponse:
    invite = find_open_invite(token)
    if invite is None:
        raise LinkError
    if User.objects.filter(email=invite.email).exists():
        return show_invite_to_known_person(request, invite, token)
    form = AcceptInviteForm(request.POST or None, initial={"name": invite.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_invite(
                token=token,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
            )
        except LinkError:
            raise
        except AccountsError as error:
            add_errors(form, error)
        else:
            return sign_in(request, user)
    return render_form(request, "accounts/invite.html", form, invite=invite)


def show_invite_to_known_person(request: HttpRequest, invite: Invite, token: str) -> HttpResponse:
    """Whoever holds the link is not yet the account's owner: the owner signs in and joins."""
    mine = request.user.is_authenticated and request.user.email == invite.email
    if request.method == "POST" and mine and isinstance(request.user, User):
        join_by_invite(token=token, user=request.user)
        return redirect("/")
    return render(request, "accounts/invite_join.html", {"invite": invite, "mine": mine})


@link_page
def password_page(request: HttpRequest, token: str) -> HttpResponse:
    link = find_open_password_link(token)
    if link is None:
        raise LinkError
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = use_password_link(token=token, password=form.cleaned_data["password"])
        except LinkError:
            raise
        except AccountsError as error:
            add_errors(form, error)
        else:
            return sign_in(request, user)
    return render_form(request, "accounts/password.html", form, link=link)


def render_form(request: HttpRequest, template: str, form: Form, **context: object) -> HttpResponse:
    status = 400 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def add_errors(form: Form, error: AccountsError) -> None:
    for name, messages in error.errors.items():
        for message in messages:
            form.add_error(name if name in form.fields else None, message)


def sign_in(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend=SIGN_IN_BACKEND)
    return redirect("/")
