"""Settings: read once from the environment, typed, frozen; an unfit set is refused with all its faults."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent
EXAMPLE_SECRETS = {"change-me", "changeme", "secret", "dev", "development", "example", "password"}
DEVELOPMENT_SECRET = "only-for-development-and-never-for-people"  # noqa: S105 - production refuses it
LOOPBACK_ALONE = ("localhost", "127.0.0.1", "[::1]")
LOOPBACK = (*LOOPBACK_ALONE, ".localhost")


class UnfitSettings(Exception):
    """The environment does not allow to start; the message lists every fault on a line of its own."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("These settings are unfit:\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment decides; see docs/operating.md for each variable."""

    environment: str
    database_url: str
    public_url: str
    secret_key: str
    old_secret_keys: tuple[str, ...]
    trusted_hosts: tuple[str, ...]
    trusted_proxies: int
    port: int
    default_house: str
    houses_folder: Path
    var_folder: Path
    mail_server: str
    mail_port: int
    mail_username: str
    mail_password: str
    mail_security: Literal["none", "starttls", "tls"]
    mail_verify: bool
    mail_ca_file: str
    client_limit: int
    holds_at_once: int
    rush: int
    hold_share: int

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def is_secure(self) -> bool:
        """Whether people reach us by https, so that cookies may be Secure and __Host-."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Return the settings of ``env``; raises UnfitSettings with every fault at once."""
        reader = _Reader(env)
        settings = reader.settings()
        faults = reader.faults + _faults(settings, debug=env.get("FLASK_DEBUG", ""))
        if faults:
            raise UnfitSettings(faults)
        return settings


class _Reader:
    """Reads variables and collects what is wrong with them."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.faults: list[str] = []

    def settings(self) -> Settings:
        environment = self.environment()
        local = environment != "production"
        port = self.number("PORT", 8000, lowest=1, highest=65535)
        var = Path(self.text("VAR_FOLDER", str(ROOT / "var")))
        public_url = self.text("PUBLIC_URL", f"http://127.0.0.1:{port}" if local else "").rstrip("/")
        security = self.choice("MAIL_SECURITY", "none" if local else "starttls", ("none", "starttls", "tls"))
        return Settings(
            environment=environment,
            database_url=self.database(
                self.text("DATABASE_URL", f"sqlite:///{var / 'booking.sqlite'}" if local else "")
            ),
            public_url=public_url,
            secret_key=self.text("SECRET_KEY", DEVELOPMENT_SECRET if local else ""),
            old_secret_keys=self.many("OLD_SECRET_KEYS"),
            trusted_hosts=self.hosts(public_url, local=local),
            trusted_proxies=self.number("TRUSTED_PROXIES", 0, lowest=0, highest=10),
            port=port,
            default_house=self.text("DEFAULT_HOUSE", "leipzig"),
            houses_folder=Path(self.text("HOUSES_FOLDER", str(ROOT / "houses"))),
            var_folder=var,
            mail_server=self.text("MAIL_SERVER", ""),
            mail_port=self.number(
                "MAIL_PORT", {"none": 25, "starttls": 587, "tls": 465}[security], lowest=1, highest=65535
            ),
            mail_username=self.text("MAIL_USERNAME", ""),
            mail_password=self.text("MAIL_PASSWORD", ""),
            mail_security=cast(Literal["none", "starttls", "tls"], security),
            mail_verify=self.choice("MAIL_TLS_VERIFY", "1", ("0", "1")) == "1",
            mail_ca_file=self.text("MAIL_CA_FILE", ""),
            client_limit=self.number(
                "BOOKINGS_PER_CLIENT", 600 if local else 100, lowest=1, highest=1_000_000
            ),
            holds_at_once=self.number("HOLDS_PER_CLIENT", 200 if local else 20, lowest=1, highest=1_000_000),
            rush=self.number("RUSH", 1000 if local else 60, lowest=1, highest=1_000_000),
            hold_share=self.number("HOLDS_SHARE", 100 if local else 50, lowest=1, highest=100),
        )

    def environment(self) -> str:
        """Return APP_ENV; one that is not known is a fault, and is held to what production asks for."""
        known = ("development", "test", "production")
        told = self.choice("APP_ENV", "development", known)
        return told if self.text("APP_ENV", told) in known else "production"

    def text(self, name: str, default: str) -> str:
        return self.env.get(name, "").strip() or default

    def many(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.env.get(name, "").split(",") if part.strip())

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value in allowed:
            return value
        self.faults.append(f"{name} is {value!r}; it must be one of: {', '.join(allowed)}.")
        return default

    def number(self, name: str, default: int, *, lowest: int, highest: int) -> int:
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and lowest <= int(value) <= highest:
            return int(value)
        self.faults.append(f"{name} is {value!r}; it must be a whole number from {lowest} to {highest}.")
        return default

    def database(self, url: str) -> str:
        """Return the address with the driver that this product brings."""
        for old in ("postgres://", "postgresql://"):
            if url.startswith(old):
                url = "postgresql+psycopg://" + url.removeprefix(old)
        if url and not _is_database(url):
            self.faults.append("DATABASE_URL must be a sqlite:///<file> or postgresql:// address.")
        return url

    def hosts(self, public_url: str, *, local: bool) -> tuple[str, ...]:
        """Return the host names that are answered; loopback always, for supervisors that ask /livez."""
        try:
            own = urlsplit(public_url).hostname
        except ValueError:
            own = None
        named = self.many("TRUSTED_HOSTS") or ((own,) if own else ())
        return named + (LOOPBACK if local else LOOPBACK_ALONE)


def _faults(settings: Settings, *, debug: str) -> list[str]:
    found = _everywhere(settings)
    if settings.is_production:
        found += _in_production(settings, debug=debug)
    return found


def _everywhere(settings: Settings) -> list[str]:
    checks = {
        "PUBLIC_URL must be an address such as https://lab.example.org, without a path.": _is_origin(
            settings.public_url
        ),
        "SECRET_KEY must have at least 32 characters, for example of secrets.token_urlsafe(48).": len(
            settings.secret_key
        )
        >= 32,
        "OLD_SECRET_KEYS must each have at least 32 characters.": all(
            len(key) >= 32 for key in settings.old_secret_keys
        ),
        f"HOUSES_FOLDER {settings.houses_folder} does not exist.": settings.houses_folder.is_dir(),
        "MAIL_PASSWORD would travel in clear: set MAIL_SECURITY to starttls or tls.": not settings.mail_password
        or settings.mail_security != "none",
        "MAIL_CA_FILE does not exist.": not settings.mail_ca_file or Path(settings.mail_ca_file).is_file(),
    }
    return [fault for fault, is_fine in checks.items() if not is_fine]


def _in_production(settings: Settings, *, debug: str) -> list[str]:
    secret = settings.secret_key
    checks = {
        "SECRET_KEY is missing, or an example.": secret != DEVELOPMENT_SECRET
        and not any(secret.lower().startswith(example) for example in EXAMPLE_SECRETS)
        and len(set(secret)) >= 12,
        "PUBLIC_URL must begin with https://.": settings.is_secure,
        "DATABASE_URL is missing.": bool(settings.database_url),
        "MAIL_SERVER is missing.": bool(settings.mail_server),
        "FLASK_DEBUG must be off.": debug.lower() in ("", "0", "false", "no"),
        "TRUSTED_HOSTS (or the host of PUBLIC_URL) is missing.": bool(
            set(settings.trusted_hosts) - set(LOOPBACK)
        ),
        "TRUSTED_HOSTS must not trust every host.": not any(
            host in ("*", ".") for host in settings.trusted_hosts
        ),
    }
    return [fault for fault, is_fine in checks.items() if not is_fine]


def _is_database(url: str) -> bool:
    """Return whether it names a file, which outlives the process, or a server for the driver that we bring."""
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        return False
    is_file = parts.drivername in ("sqlite", "sqlite+pysqlite") and parts.database not in (
        None,
        "",
        ":memory:",
    )
    return is_file or parts.drivername == "postgresql+psycopg"


def _is_origin(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and parts.username is None
        and not (parts.path or parts.query or parts.fragment)
    )
