"""Before the meeting: which there are, who comes, what is talked about, who has been told."""

from django.urls import URLPattern, URLResolver, path

from familieplan.meetings import download
from familieplan.meetings.preparing import agenda, beginning, booking, child, poll, seats, steps, views

ONE = "<uuid:meeting>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("add/", booking.add, name="add"),
    path("collides/", booking.collides, name="collides"),
    path(ONE, views.one, name="one"),
    path(ONE + "meeting.ics", download.own_copy, name="own_copy"),
    path(ONE + "edit/", booking.change, name="change"),
    path(ONE + "time/", booking.find, name="find"),
    path(ONE + "poll/", poll.show, name="poll"),
    path(ONE + "poll/ask/", poll.ask, name="ask_for_times"),
    path(ONE + "poll/mine/", poll.mine, name="my_times"),
    path(ONE + "poll/stop/", poll.stop, name="stop_asking"),
    path(ONE + "poll/<uuid:seat>/", poll.written_down, name="their_times"),
    path(ONE + "children/<uuid:person>/", child.choose, name="child"),
    path(ONE + "children/<uuid:person>/words/", child.words, name="child_says"),
    path(ONE + "children/<uuid:person>/met/", child.met, name="child_met"),
    path(ONE + "items/add/", agenda.choose, name="choose_items"),
    path(ONE + "items/new/", agenda.new, name="new_item"),
    path(ONE + "items/<uuid:item>/decide/", agenda.decide, name="decide"),
    path(ONE + "seats/add/", seats.invite, name="invite"),
    path(ONE + "seats/companion/", seats.companion, name="companion"),
    path(ONE + "seats/<uuid:seat>/answer/", seats.answer, name="answer"),
    path(ONE + "seats/<uuid:seat>/deputy/", seats.deputy, name="deputy"),
    path(ONE + "seats/<uuid:seat>/remove/", seats.remove, name="remove"),
    path(ONE + "known/", steps.known, name="known"),
    path(ONE + "send/", steps.send, name="send"),
    path(ONE + "call-off/", steps.call_off, name="call_off"),
    path(ONE + "begin/", beginning.begin, name="begin"),
]
