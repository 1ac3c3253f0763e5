"""What gunicorn serves: `gunicorn familieplan.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "familieplan.settings")
application = get_wsgi_application()

from familieplan.access.boot import refuse_unguarded  # noqa: E402  (needs the apps above)

refuse_unguarded()

# What is there now stays, and is not searched for garbage again; a page makes some thousand things and hardly a circle.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
