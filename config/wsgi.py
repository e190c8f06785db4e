import os

from django.core.wsgi import get_wsgi_application

from zaigang.foundation.parent import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")
end_with_parent()
application = get_wsgi_application()
