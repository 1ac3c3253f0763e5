"""The doors of the demo's mailbox: nowhere else do they exist."""

from django.urls import URLPattern, path

from familieplan.demo.mailbox import views

urlpatterns: list[URLPattern] = [
    path("", views.mailbox, name="demo_mailbox"),
    path("<uuid:letter>/", views.letter, name="demo_letter"),
    path("<uuid:letter>/answer/", views.answer, name="demo_answer"),
]
