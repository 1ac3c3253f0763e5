"""The doors of /account/, one by one: of allauth's some ninety addresses we open nine."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from django.urls import URLPattern, path

from familieplan.accounts import views
from familieplan.accounts.doors import open_before_second_factor, open_to_all

urlpatterns: list[URLPattern] = [
    path("", views.home, name="account_home"),
    path("", views.home, name="mfa_index"),  # where allauth goes afterwards
    path("sign-in/", open_to_all(account.login), name="account_login"),
    path("sign-in/code/", open_to_all(factor.authenticate), name="mfa_authenticate"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("again/", open_before_second_factor(account.reauthenticate), name="account_reauthenticate"),
    path("again/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("password/", views.change_password, name="account_change_password"),
    path("app/", open_before_second_factor(views.AddApp.as_view()), name="mfa_activate_totp"),
    path("app/remove/", views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("sessions/others/end/", views.end_other_sessions, name="account_end_other_sessions"),
    path("sessions/<uuid:session>/end/", views.end_session, name="account_end_session"),
    path("told/", views.have_read, name="account_have_read"),
    path("language/", views.choose_language, name="account_language"),
    path("demo/", views.demo, name="account_demo"),  # 404 but in the demo
    path("welcome/<str:token>/", views.accept, name="account_accept"),
]
