from allauth.account import views as allauth_views
from django.urls import path
from django.views.generic import TemplateView

from trainer.accounts.views.links import invite_page, password_page

# allauth's pages refer to signing up and to a forgotten password by name. Nobody signs up alone
# here and no mail is sent, so both names lead to pages that say whom to ask.
signup_closed = TemplateView.as_view(template_name="account/signup_closed.html")
ask_for_a_link = TemplateView.as_view(template_name="account/password_reset.html")

urlpatterns = [
    path("accounts/login/", allauth_views.login, name="account_login"),
    path("accounts/logout/", allauth_views.logout, name="account_logout"),
    path(
        "accounts/password/change/",
        allauth_views.password_change,
        name="account_change_password",
    ),
    path("accounts/password/reset/", ask_for_a_link, name="account_reset_password"),
    path("accounts/signup/", signup_closed, name="account_signup"),
    path("accounts/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("invite/<str:token>/", invite_page, name="invite"),
    path("password/<str:token>/", password_page, name="password_link"),
]
