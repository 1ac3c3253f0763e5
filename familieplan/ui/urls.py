"""The pages everyone may open, signed in or not."""

from django.urls import path

from familieplan.ui import views

app_name = "ui"
urlpatterns = [
    path("was/", views.accessibility, name="accessibility"),
    path("principles/", views.principles, name="principles"),
]
