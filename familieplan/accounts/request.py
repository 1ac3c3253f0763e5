"""The request as the middleware leaves it."""

from django.http import HttpRequest

from familieplan.access.actor import Actor
from familieplan.accounts.models import User
from familieplan.accounts.sessions import SessionStore


class Recognised(HttpRequest):
    """Anybody's: those who are not signed in have ``SIGNING_IN`` as their actor."""

    actor: Actor
    session: SessionStore
    account_has_news: bool  # said on every page (ui/base.html)


class SignedIn(Recognised):
    """Past the gate: somebody with an account, who acts as the holder of it."""

    user: User
