"""The WSGI application that granian serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
# Whoever comes back from the database with the write gate in hand should not wait long for the other threads.
sys.setswitchinterval(0.0005)
application = get_wsgi_application()
