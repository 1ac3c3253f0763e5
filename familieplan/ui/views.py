"""Pages that belong to nobody in particular: what went wrong, who can see what, and the accessibility statement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def _error(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "ui/error.html", {"title": title, "text": text}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(
        request,
        400,
        _("We could not read that"),
        _("Something in the request was not as we expected. Go back and try once more."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(
        request,
        403,
        _("This is not yours to change"),
        _("You can read here, but not change it. If you think you should be able to, talk to the coordinator."),
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(
        request,
        403,
        _("The page had been open too long"),
        _(
            "For your safety we did not save. Go back, copy what you wrote if you like, "
            "load the page again and save once more."
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same words whether nothing is there or the reader may not see it."""
    return _error(
        request,
        404,
        _("There is nothing for you here"),
        _("The address may be misspelt, or the page may be gone. You can always start again from the front page."),
    )


def conflict(request: HttpRequest) -> HttpResponse:
    return _error(
        request,
        409,
        _("Someone else has changed this in the meantime"),
        _("Nothing is lost. Go back, load the page again and see both texts."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request: the session or the database may be what failed."""
    text = _(
        "It is our fault, not yours. What you had written is kept as a draft where we could. Try again in a moment."
    )
    return HttpResponse(
        render_to_string("ui/error.html", {"title": _("Something went wrong at our end"), "text": text}), status=500
    )


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/was.html")


def principles(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/principles.html")
