"""All doors of the house: each app keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from familieplan.accounts.doors import open_to_all

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("familieplan.accounts.urls")),
    path("families/<uuid:family>/", include("familieplan.consent.urls")),
    path("families/<uuid:family>/", include("familieplan.plan.urls")),
    path("i18n/setlang/", open_to_all(set_language), name="set_language"),
]
