"""The application as servers and the flask command import it."""

import os

from booking.app import create_app
from config import Settings

app = create_app(Settings.from_env(os.environ))
