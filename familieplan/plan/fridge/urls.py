"""The doors of the fridge plan, under /families/<uuid:family>/."""

from django.urls import URLPattern, path

from familieplan.plan.fridge import views

urlpatterns: list[URLPattern] = [
    path("fridge-plan/", views.look, name="fridge_plan"),
    path("fridge-plan.pdf", views.as_pdf, name="fridge_plan_pdf"),
]
