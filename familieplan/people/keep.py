"""What is typed is kept while it is typed."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from familieplan.people import drafts
from familieplan.people.guards import actor_of


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Opens no family, and says nothing of one: a draft is its writer's alone."""
    typed = {name: request.POST.get(name, "") for name in ("key", "once", "text")}
    try:
        drafts.keep(token=request.POST.get("draft", ""), by=actor_of(request), **typed)
    except drafts.NoDraft:
        return HttpResponse(_("The text is too long to be kept as a draft."), status=422)
    return HttpResponse(status=204)
