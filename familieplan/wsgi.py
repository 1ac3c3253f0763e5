"""What gunicorn serves: `gunicorn familieplan.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "familieplan.settings")
application = get_wsgi_application()

from familieplan.access.boot import refuse_unguarded  # noqa: E402  (needs the apps above)

refuse_unguarded()
