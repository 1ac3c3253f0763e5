"""What every answer carries."""

from django.http import HttpRequest, HttpResponse

from familieplan.core.headers import POLICY, SecurityHeaders, policy


def test_every_page_is_closed_and_kept_by_nobody() -> None:
    answer = SecurityHeaders(lambda _request: HttpResponse("a page"))(HttpRequest())
    assert answer.headers.items() >= POLICY.items()
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_our_own_scripts_and_styles() -> None:
    policy = dict(part.split(" ", 1) for part in POLICY["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert not {"script-src", "style-src"} & policy.keys()  # they follow default-src: no 'unsafe-inline'
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"


def test_a_view_may_say_otherwise() -> None:
    shared = HttpResponse("the principles", headers={"Cache-Control": "public, max-age=60"})
    answer = SecurityHeaders(lambda _request: shared)(HttpRequest())
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_a_page_listens_elsewhere_only_where_the_live_boards_are() -> None:
    assert policy("/live/") == POLICY
    elsewhere = policy("http://localhost:8001/live/")["Content-Security-Policy"]
    assert elsewhere == POLICY["Content-Security-Policy"] + "; connect-src 'self' http://localhost:8001"
