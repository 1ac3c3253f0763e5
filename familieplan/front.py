"""The front page: the desk for staff, the portal for a family."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from familieplan.desk import views as desk
from familieplan.people.guards import actor_of
from familieplan.portal import views as portal


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    return portal.front(request) if actor_of(request).is_family else desk.day(request)
