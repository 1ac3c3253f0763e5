"""The doors of the desk. The front page is shared with the family's pages: familieplan/front.py."""

from django.urls import URLPattern, path

from familieplan.desk import views
from familieplan.desk.administration import accounts
from familieplan.desk.administration import views as administration
from familieplan.desk.leading import population, whatif

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("families/", views.families, name="families"),
    path("families/<uuid:family>/card/", views.card, name="card"),
    path("search/", views.search, name="search"),
    path("leader/", views.leader, name="leader"),
    path("leader/population/", population.population, name="population"),
    path("leader/population.pdf", population.population_pdf, name="population_pdf"),
    path("leader/what-if/", whatif.what_if, name="what_if"),
    path("leader/what-if.pdf", whatif.what_if_pdf, name="what_if_pdf"),
    path("admin/", administration.units, name="administration"),
    path("admin/departments/add/", administration.add_department, name="add_department"),
    path("admin/departments/<uuid:department>/units/add/", administration.add_unit, name="add_unit"),
    path("admin/units/<uuid:unit>/early/", administration.early_part, name="early_part"),
    path("admin/units/<uuid:unit>/close/", administration.close_unit, name="close_unit"),
    path("admin/units/<uuid:unit>/open/", administration.reopen_unit, name="reopen_unit"),
    path("admin/staff/", administration.staff, name="staff"),
    path("admin/staff/add/", administration.add_staff, name="add_staff"),
    path("admin/staff/<uuid:staff>/", administration.one, name="one"),
    path("admin/staff/<uuid:staff>/roles/add/", administration.add_role, name="add_role"),
    path("admin/staff/<uuid:staff>/invite/", accounts.invite, name="invite"),
    path("admin/staff/<uuid:staff>/address/", accounts.address, name="address"),
    path("admin/roles/<uuid:role>/end/", administration.end_role, name="end_role"),
    path("admin/accounts/", accounts.find, name="find_account"),
    path("admin/accounts/<uuid:account>/close/", accounts.close, name="close_account"),
    path("admin/accounts/<uuid:account>/open/", accounts.reopen, name="reopen_account"),
    path("admin/accounts/<uuid:account>/forget-code-app/", accounts.forget_factor, name="forget_factor"),
]
