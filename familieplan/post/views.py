"""Where one wants to be written to: a page of one's own account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from familieplan.people.guards import actor_of
from familieplan.people.pages import answers, form_page
from familieplan.post import actions
from familieplan.post.forms import KeepAddress


@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    by, back = actor_of(request), reverse("account_home")
    form = KeepAddress(answers(request), initial={"email": actions.address_of(by=by)})

    def act(form: KeepAddress) -> str:
        actions.keep_address(email=form.cleaned_data["email"], by=by)
        return back

    notes = [_("The address takes no mail from us: the last one came back. Is it spelt right?")]
    if not actions.comes_back():
        notes = []
    if settings.SMTP is None:
        notes.append(_("The municipality sends no mails yet. You can write your address down already."))
    lead = _("A mail says only that there is something for you, and for a meeting when. Never what, and about whom.")
    return form_page(request, form, act, title=_("Where should we write to?"), lead=lead, back=back, notes=notes)
