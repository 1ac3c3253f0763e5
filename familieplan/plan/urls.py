"""The doors of one family's plan, under /families/<uuid:family>/. What each shows is at the top of `page.py`."""

from django.urls import URLPattern, URLResolver, include, path

from familieplan.plan import views

app_name = "plan"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.family, name="family"),
    path("", include("familieplan.plan.fridge.urls")),
]
