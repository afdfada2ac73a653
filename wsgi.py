"""The application as servers and the flask command import it."""

import os
import sys

from booking.app import create_app
from booking.web import logs
from config import Settings, UnfitSettings

logs.install()
try:
    app = create_app(Settings.from_env(os.environ))
except UnfitSettings as unfit:
    sys.exit(str(unfit))
