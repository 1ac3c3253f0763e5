"""Before the meeting: which there are, who comes, what is talked about, who has been told."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
