"""The doors of early courses."""

from django.urls import path

from familieplan.early import starting, views

app_name = "early"
_ = "families/<uuid:family>/early/"
urlpatterns = [
    path("early/new/", starting.first, name="first"),
    path("early/new/child/", starting.begin, name="begin"),
    path(_, views.page, name="page"),
    path(_ + "yes/", views.say_yes, name="say_yes"),
    path(_ + "end/", views.end, name="end"),
    path(_ + "back/", views.come_back, name="come_back"),
    path(_ + "course/", views.course, name="course"),
    path(_ + "course/<uuid:consent>/begin/", views.hand_over, name="hand_over"),
]
