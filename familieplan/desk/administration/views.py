"""Departments, units, staff and roles. Each view: may I, form, one action, on."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from familieplan.desk.administration import forms, reading
from familieplan.people import directory
from familieplan.people.guards import role_or_404
from familieplan.people.models import Department, Staff, StaffRole, Unit
from familieplan.people.pages import answers, form_page, once
from familieplan.post import actions as post

ADMINISTRATOR = "administrator"


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    role_or_404(request, ADMINISTRATOR)
    context = {"departments": reading.departments(), "today": timezone.localdate(), "mail": post.standing()}
    return render(request, "desk/admin/units.html", context)


@require_http_methods(["GET", "POST"])
def add_department(request: HttpRequest) -> HttpResponse:
    by = role_or_404(request, ADMINISTRATOR)
    back = reverse("desk:administration")

    def act(form: forms.DepartmentForm) -> str:
        directory.add_department(name=form.cleaned_data["name"], by=by, id=once(request))
        return back

    return form_page(request, forms.DepartmentForm(answers(request)), act, title=_("New department"), back=back)


@require_http_methods(["GET", "POST"])
def add_unit(request: HttpRequest, department: UUID) -> HttpResponse:
    by = role_or_404(request, ADMINISTRATOR)
    within = get_object_or_404(Department, pk=department)
    back = reverse("desk:administration")

    def act(form: forms.UnitForm) -> str:
        directory.add_unit(department=within, by=by, id=once(request), **form.cleaned_data)
        return back

    title = _("New unit in %(department)s") % {"department": within.name}
    return form_page(request, forms.UnitForm(answers(request)), act, title=title, back=back)


@require_http_methods(["GET", "POST"])
def early_part(request: HttpRequest, unit: UUID) -> HttpResponse:
    """What the unit does in early meetings."""
    by = role_or_404(request, ADMINISTRATOR)
    row = get_object_or_404(Unit, pk=unit)
    back = reverse("desk:administration")

    def act(form: forms.EarlyPartForm) -> str:
        directory.takes_part_early(unit=row, part=form.cleaned_data["early"], by=by)
        return back

    form = forms.EarlyPartForm(answers(request), initial={"early": row.early})
    return form_page(request, form, act, title=row.name, back=back)


@require_http_methods(["GET", "POST"])
def close_unit(request: HttpRequest, unit: UUID) -> HttpResponse:
    by = role_or_404(request, ADMINISTRATOR)
    row = get_object_or_404(Unit, pk=unit)
    back = reverse("desk:administration")

    def act(form: forms.CloseUnitForm) -> str:
        directory.close_unit(unit=row, first_day_closed=form.cleaned_data["first_day_closed"], by=by)
        return back

    form = forms.CloseUnitForm(answers(request), initial={"first_day_closed": timezone.localdate()})
    notes = [_("From that day nobody reaches anything through the unit. What it has written stays.")]
    return form_page(
        request, form, act, title=_("Close %(unit)s") % {"unit": row.name}, back=back, notes=notes,
        save=_("Close the unit"), danger=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def reopen_unit(request: HttpRequest, unit: UUID) -> HttpResponse:
    by = role_or_404(request, ADMINISTRATOR)
    is_sent = request.method == "POST"
    row = get_object_or_404(Unit, pk=unit) if is_sent else get_object_or_404(Unit, pk=unit, closed_on__isnull=False)
    back = reverse("desk:administration")
    if is_sent:
        if row.closed_on:  # not sent twice
            directory.reopen_unit(unit=row, by=by)
        return HttpResponseRedirect(back)
    return render(request, "desk/admin/sure.html", {
        "question": _("Open this unit again?"), "login": row.name, "action": request.path, "cancel": back,
        "text": _("They reach what they reached before, as far as roles, teams and consents still hold."),
        "yes": _("Yes, open it"),
    })  # fmt: skip


@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    role_or_404(request, ADMINISTRATOR)
    colleagues = reading.colleagues(today=timezone.localdate())
    return render(request, "desk/admin/staff.html", {"colleagues": colleagues, "done": reading.done_lately()})


@require_http_methods(["GET", "POST"])
def add_staff(request: HttpRequest) -> HttpResponse:
    by = role_or_404(request, ADMINISTRATOR)

    def act(form: forms.StaffForm) -> str:
        return _page_of(directory.add_staff(by=by, id=once(request), **form.cleaned_data).pk)

    form = forms.StaffForm(answers(request))
    return form_page(request, form, act, title=_("New colleague"), back=reverse("desk:staff"))


@require_GET
def one(request: HttpRequest, staff: UUID) -> HttpResponse:
    """One colleague: roles, and the account."""
    by = role_or_404(request, ADMINISTRATOR)
    row = get_object_or_404(Staff, pk=staff)
    today = timezone.localdate()
    roles = list(row.roles.select_related("unit").order_by("-starts"))
    return render(request, "desk/admin/one.html", {
        "staff": row,
        "roles": roles,
        "current": {role.pk for role in reading.current(roles, today)},
        "today": today,
        "account": next((account for account in reading.accounts() if account.holder == staff), None),
        "me": by,
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def add_role(request: HttpRequest, staff: UUID) -> HttpResponse:
    by = role_or_404(request, ADMINISTRATOR)
    row = get_object_or_404(Staff, pk=staff)

    def act(form: forms.RoleForm) -> str:
        directory.give_role(staff=row, by=by, id=once(request), **form.cleaned_data)
        return _page_of(staff)

    form = forms.RoleForm(answers(request), today=timezone.localdate())
    title = _("New role for %(name)s") % {"name": row.name}
    return form_page(request, form, act, title=title, back=_page_of(staff))


@require_http_methods(["GET", "POST"])
def end_role(request: HttpRequest, role: UUID) -> HttpResponse:
    by = role_or_404(request, ADMINISTRATOR)
    row = get_object_or_404(StaffRole.objects.select_related("unit"), pk=role)
    back = _page_of(row.staff_id)

    def act(form: forms.EndRoleForm) -> str:
        directory.end_role(role=row, last_day=form.cleaned_data["last_day"], by=by)
        return back

    form = forms.EndRoleForm(answers(request), role=row, initial={"last_day": timezone.localdate()})
    title = _("End the role in %(unit)s") % {"unit": row.unit.name}
    return form_page(request, form, act, title=title, back=back, save=_("End the role"))


def _page_of(staff: UUID) -> str:
    return reverse("desk:one", kwargs={"staff": staff})
