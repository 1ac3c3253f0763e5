"""At the meeting and after it: the board, the projector, the minutes, the talk a few days later."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
