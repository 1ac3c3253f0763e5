"""Doors under /families/."""

from django.urls import path

from familieplan.people import views

app_name = "people"
_ = "<uuid:family>/people/"
urlpatterns = [
    path("new/", views.new_family, name="new_family"),
    path(_, views.index, name="index"),
    path(_ + "add/", views.add_person, name="add"),
    path(_ + "homes/add/", views.home, name="home"),
    path(_ + "team/add/", views.join, name="join"),
    path(_ + "team/<uuid:row>/leave/", views.leave, name="leave"),
    path(_ + "custody/<uuid:row>/end/", views.end_custody, name="end_custody"),
    path(_ + "residences/<uuid:row>/end/", views.move_out, name="move_out"),
    path(_ + "protection/<uuid:row>/end/", views.end_protection, name="end_protection"),
    path(_ + "<uuid:person>/edit/", views.edit_person, name="edit"),
    path(_ + "<uuid:person>/relations/add/", views.relate, name="relate"),
    path(_ + "<uuid:person>/custody/add/", views.custody, name="custody"),
    path(_ + "<uuid:person>/lives/add/", views.lives_at, name="lives_at"),
    path(_ + "<uuid:person>/contacts/add/", views.contact, name="contact"),
    path(_ + "<uuid:person>/protection/add/", views.protect, name="protect"),
    path(_ + "<uuid:person>/invite/", views.invite, name="invite"),
]
