"""What is typed is kept while it is typed."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from familieplan.people.guards import actor_of
from familieplan.plan import drafts


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Opens no family, and says nothing of one: a draft is its writer's alone."""
    try:
        drafts.keep(key=request.POST.get("key", ""), text=request.POST.get("text", ""), by=actor_of(request))
    except drafts.NoDraft:
        return HttpResponse(_("The text is too long to be kept as a draft."), status=422)
    return HttpResponse(status=204)
