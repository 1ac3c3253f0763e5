"""All doors of the house: each app keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from familieplan.accounts.doors import open_to_all
from familieplan.consent import asking
from familieplan.front import front
from familieplan.meetings import calendar_page as calendar
from familieplan.people.keep import keep
from familieplan.post import views as post
from familieplan.ui import views as ui

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front, name="front"),
    # Twelve screens around a board ask at once: they need not read the whole list.
    path("families/<uuid:family>/meetings/", include("familieplan.meetings.urls")),
    path("", include("familieplan.desk.urls")),
    path("account/", include("familieplan.accounts.urls")),
    path("account/address/", post.address, name="account_address"),
    path("account/calendar/", calendar.page, name="account_calendar"),
    path("account/calendar/forget/", calendar.forget, name="account_calendar_forget"),
    path("demo/mailbox/", include("familieplan.demo.mailbox.urls")),
    path("", include("familieplan.portal.urls")),
    path("ask/", asking.blind, name="ask_by_cpr"),
    path("ask/sent/", asking.sent, name="ask_sent"),
    path("families/", include("familieplan.people.urls")),
    path("families/<uuid:family>/", include("familieplan.consent.urls")),
    path("families/<uuid:family>/", include("familieplan.plan.urls")),
    path("", include("familieplan.early.urls")),
    path("drafts/", keep, name="keep_draft"),
    path("i18n/setlang/", open_to_all(set_language), name="set_language"),
    path("principles/", open_to_all(ui.principles), name="principles"),
    path("was/", open_to_all(ui.accessibility), name="accessibility"),
]

handler400 = ui.bad_request
handler403 = ui.forbidden
handler404 = ui.not_found
handler500 = ui.server_error
