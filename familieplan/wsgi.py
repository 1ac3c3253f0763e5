"""What gunicorn serves: `gunicorn familieplan.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "familieplan.settings")
application = get_wsgi_application()
