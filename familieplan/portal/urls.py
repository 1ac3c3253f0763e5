"""The family's doors. The front page is shared with the desk: familieplan/front.py."""

from django.urls import path

from familieplan.portal import views

app_name = "portal"
urlpatterns = [
    path("families/<uuid:family>/log/", views.log, name="log"),
    path("notices/<uuid:notice>/read/", views.have_read, name="have_read"),
]
