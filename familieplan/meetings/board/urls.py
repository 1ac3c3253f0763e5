"""At the meeting and after it: the board, the projector, the minutes, the talk a few days later."""

from django.urls import URLPattern, URLResolver, path

from familieplan.meetings.board.views import agreements, ending, minutes, page, reflect, room, words

urlpatterns: list[URLPattern | URLResolver] = [
    path("board/", page.board, name="board"),
    path("board/<uuid:topic>/", page.topic, name="board_topic"),
    path("board/<uuid:topic>/say/<slug:kind>/", words.say, name="board_say"),
    path("board/<uuid:topic>/scale/", words.scale, name="board_scale"),
    path("board/<uuid:topic>/agree/", agreements.agree, name="board_agree"),
    path("board/words/<uuid:statement>/", words.change, name="board_words"),
    path("board/agreements/<uuid:agreement>/", agreements.change, name="board_agreement"),
    path("board/room/<uuid:seat>/", room.step, name="room"),
    path("projector/", page.projector, name="projector"),
    path("projector/<uuid:topic>/", page.projected, name="projected_topic"),
    path("end/", ending.end, name="end"),
    path("close/", ending.close, name="close"),
    path("minutes/", minutes.minutes, name="minutes"),
    path("minutes/again/", ending.again, name="minutes_again"),
    path("minutes/<int:number>/", minutes.minutes, name="minutes_version"),
    path("minutes.pdf", minutes.as_pdf, name="minutes_pdf"),
    path("reflect/", reflect.talk, name="talk"),
    path("reflect/<uuid:person>/", reflect.answer, name="reflect"),
]
