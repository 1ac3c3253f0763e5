"""Doors under /families/<family>/."""

from django.urls import path

from familieplan.consent import asking, bases, giving, views

app_name = "consent"
urlpatterns = [
    path("consents/", views.index, name="index"),
    path("consents/new/", giving.whose, name="whose"),
    path("consents/new/<uuid:person>/", giving.new, name="new"),
    path("consents/<uuid:consent>/", views.one, name="one"),
    path("consents/<uuid:consent>/withdraw/", views.withdraw, name="withdraw"),
    path("consents/<uuid:consent>/shorten/", views.shorten, name="shorten"),
    path("consents/<uuid:consent>/sign/", views.sign, name="sign"),
    path("consents/<uuid:consent>/again/", giving.again, name="again"),
    path("consents/<uuid:consent>/paper/", giving.paper, name="paper"),
    path("consents/<uuid:consent>/register/", giving.register, name="register"),
    path("sharing/new/", bases.share, name="share"),
    path("sharing/<uuid:basis>/end/", bases.stop, name="stop"),
    path("emergency/", bases.emergency, name="emergency"),
    path("ask/", asking.ask, name="ask"),
    path("requests/<uuid:question>/", asking.answer, name="answer"),
]
