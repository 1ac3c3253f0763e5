"""What the stream process serves; `python -m familieplan.live` starts it."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "familieplan.settings")
django.setup()

from familieplan.live.app import Live  # noqa: E402  (needs the apps above)

application = Live()
