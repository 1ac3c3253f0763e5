"""The doors of one family's meetings, under /families/<uuid:family>/meetings/."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "meetings"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:meeting>/", include("familieplan.meetings.board.urls")),
    path("", include("familieplan.meetings.preparing.urls")),
]
