"""The roof: puts settings, clock, database, pages and commands together."""

from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import BaseConverter

from booking import cli
from booking.bookings.rules import Bounds
from booking.db import db, engine_options, prepare_engine
from booking.messages.letters import Transport
from booking.timekit.clock import Clock, system_clock
from booking.web import (
    access,
    context,
    dev,
    errors,
    public,
    readiness,
    repeats,
    security,
    sharing,
    squeezing,
    staff,
    styles,
    system,
    variants,
)
from booking.web.clocks import settable
from booking.web.kept import KeepTransport
from booking.web.late_rules import LateRule
from booking.web.mailer import MailServer, SmtpTransport
from booking.web.roof import Roof
from booking.web.staff import gate
from booking.web.writing import Letters
from config import ROOT, Settings


class KeyConverter(BaseConverter):
    """A key in an address: lower-case letters, digits and hyphens."""

    regex = "[a-z0-9-]{1,80}"
    part_isolating = True


class MigrationsLater:
    """Stands in for Flask-Migrate until somebody asks for it: a web process never does, and saves its 8 MB."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate

        Migrate(self._app, db, directory=str(ROOT / "migrations"))  # takes this place
        return getattr(self._app.extensions["migrate"], name)


def create_app(settings: Settings, *, clock: Clock = system_clock) -> Flask:
    """Return the application for these settings; ``clock`` is the only one that it asks."""
    app = Flask(
        "booking",
        root_path=str(ROOT / "booking"),
        template_folder=str(ROOT / "templates"),
        static_folder="static",
    )
    app.jinja_environment = variants.EasyEnvironment
    app.url_rule_class = LateRule
    _configure(app, settings)
    app.extensions["booking"] = _roof(
        settings, settable(clock) if settings.environment == "development" else clock
    )
    app.extensions["booking_letters"] = Letters()
    app.url_map.converters["key"] = KeyConverter
    _install_database(app)
    squeezing.install(app)
    security.install(app, is_secure=settings.is_secure, proxies=settings.trusted_proxies)
    readiness.install(app)
    repeats.install(app)
    context.install(app)
    styles.install(app)
    sharing.install(app)
    errors.install(app)
    gate.install(app)
    for pages in (public.blueprint(), staff.blueprint(), system.blueprint()):
        app.register_blueprint(pages)
    if settings.environment == "development":
        app.register_blueprint(dev.blueprint())
    cli.install(app)
    access.install(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    """Tell Flask and its extensions what each of them needs of the settings."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.old_secret_keys),
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        BABEL_DEFAULT_LOCALE="en",
    )


def _roof(settings: Settings, clock: Clock) -> Roof:
    return Roof(
        root=ROOT,
        environment=settings.environment,
        clock=clock,
        public_url=settings.public_url,
        keys=(settings.secret_key, *settings.old_secret_keys),
        default_house=settings.default_house,
        houses_folder=settings.houses_folder,
        var_folder=settings.var_folder,
        transport=_transport(settings, clock),
        client_limit=settings.client_limit,
        hold_bounds=Bounds(
            settings.holds_at_once,
            per_client=settings.client_limit,
            rush=settings.rush,
            share=settings.hold_share,
        ),
    )


def _transport(settings: Settings, clock: Clock) -> Transport:
    """Return what carries mail: the mail server, or a folder where development names none."""
    if not settings.mail_server:
        return KeepTransport(settings.var_folder / "mail", clock=clock)
    server = MailServer(
        host=settings.mail_server,
        port=settings.mail_port,
        username=settings.mail_username or None,
        password=settings.mail_password or None,
        security=settings.mail_security,
        verify=settings.mail_verify,
        ca_file=settings.mail_ca_file or None,
        local_name=_own_name(settings.public_url),
    )
    return SmtpTransport(server, clock=clock)


def _own_name(public_url: str) -> str:
    """Return how we greet mail servers: a name, or an address literal (RFC 5321, 4.1.3); asks no name service."""
    host = urlsplit(public_url).hostname or "localhost"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"


def _install_database(app: Flask) -> None:
    settings_uri = app.config["SQLALCHEMY_DATABASE_URI"]
    if settings_uri.startswith("sqlite:///"):
        Path(settings_uri.removeprefix("sqlite:///").partition("?")[0]).parent.mkdir(
            parents=True, exist_ok=True
        )
    db.init_app(app)
    app.extensions["migrate"] = MigrationsLater(app)
    with app.app_context():
        prepare_engine(db.engine)
