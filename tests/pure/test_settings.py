"""Settings: read from the environment, or refused with every fault at once."""

from pathlib import Path

import pytest

from config import DEVELOPMENT_SECRET, LOOPBACK, LOOPBACK_ALONE, Settings, UnfitSettings

SECRET = "k3Jd-92nVq_Lx7Rb5Wm1Zt8Yp4Hs6Gc0Fa-Ue"
PRODUCTION = {
    "APP_ENV": "production",
    "DATABASE_URL": "postgresql://lab@db.example.org/lab",
    "PUBLIC_URL": "https://lab.example.org",
    "SECRET_KEY": SECRET,
    "MAIL_SERVER": "mail.example.org",
}
UNFIT = [
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", DEVELOPMENT_SECRET),
    ("SECRET_KEY", "change-me-" + SECRET),
    ("SECRET_KEY", "abab" * 12),
    ("PUBLIC_URL", "http://lab.example.org"),
    ("PUBLIC_URL", "https://lab.example.org/path"),
    ("PUBLIC_URL", "https://"),
    ("PUBLIC_URL", "https://lab.example.org:99999"),
    ("PUBLIC_URL", "https://[lab"),
    ("PUBLIC_URL", "https://somebody@lab.example.org"),
    ("DATABASE_URL", ""),
    ("DATABASE_URL", "mysql://db.example.org/lab"),
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", "postgresql://lab@db.example.org:port/lab"),
    ("DATABASE_URL", "postgresql+psycopg2://db.example.org/lab"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite:///:memory:"),
    ("MAIL_SERVER", " "),
    ("MAIL_SECURITY", "perhaps"),
    ("MAIL_TLS_VERIFY", "maybe"),
    ("MAIL_CA_FILE", "nowhere.pem"),
    ("TRUSTED_HOSTS", "*"),
    ("TRUSTED_PROXIES", "-1"),
    ("PORT", "65536"),
    ("PORT", "８０"),
    ("BOOKINGS_PER_CLIENT", "0"),
    ("HOLDS_PER_CLIENT", "0"),
    ("HOLDS_PER_CLIENT", "many"),
    ("RUSH", "0"),
    ("RUSH", "1000001"),
    ("HOUSES_FOLDER", "nowhere"),
    ("OLD_SECRET_KEYS", "short"),
    ("FLASK_DEBUG", "true"),
    ("APP_ENV", "staging"),
]


def faults_of(**changes):
    """Return what is wrong with the settings of production after these changes."""
    try:
        Settings.from_env(PRODUCTION | changes)
    except UnfitSettings as refusal:
        return refusal.faults
    return []


def test_an_empty_environment_is_fit_for_development():
    settings = Settings.from_env({})

    assert (settings.environment, settings.port) == ("development", 8000)
    assert settings.database_url.startswith("sqlite:///")
    assert settings.trusted_hosts == ("127.0.0.1", *LOOPBACK)
    assert not settings.is_secure
    assert not settings.is_production


def test_production_starts_with_what_it_needs_and_safe_defaults():
    settings = Settings.from_env(PRODUCTION)

    assert settings.is_production
    assert settings.is_secure
    assert settings.database_url == "postgresql+psycopg://lab@db.example.org/lab"
    assert settings.trusted_hosts == ("lab.example.org", *LOOPBACK_ALONE)
    assert (settings.mail_security, settings.mail_port, settings.mail_verify) == ("starttls", 587, True)
    assert settings.trusted_proxies == 0
    assert (settings.client_limit, settings.holds_at_once, settings.rush) == (100, 20, 60)


def test_production_without_anything_is_told_all_faults_at_once():
    with pytest.raises(UnfitSettings) as refusal:
        Settings.from_env({"APP_ENV": "production", "FLASK_DEBUG": "1", "PORT": "eighty"})

    told = str(refusal.value)
    for word in (
        "SECRET_KEY",
        "PUBLIC_URL",
        "DATABASE_URL",
        "MAIL_SERVER",
        "FLASK_DEBUG",
        "TRUSTED_HOSTS",
        "PORT",
    ):
        assert word in told
    assert len(told.splitlines()) == 1 + len(refusal.value.faults)


@pytest.mark.parametrize(("name", "value"), UNFIT)
def test_production_refuses_one_unfit_setting_and_names_it(name, value):
    faults = faults_of(**{name: value})

    assert faults
    assert all(
        name in fault or (name, "TRUSTED_HOSTS") == ("PUBLIC_URL", fault.split()[0]) for fault in faults
    )
    assert not any(SECRET in fault for fault in faults)


@pytest.mark.parametrize("old", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_an_address_of_a_database_gets_the_driver_that_we_bring(old):
    url = Settings.from_env({"DATABASE_URL": f"{old}lab@db/lab"}).database_url

    assert url == "postgresql+psycopg://lab@db/lab"


@pytest.mark.parametrize(("security", "port"), [("none", 25), ("starttls", 587), ("tls", 465)])
def test_the_port_of_the_mail_server_follows_its_security(security, port):
    assert Settings.from_env({"MAIL_SECURITY": security}).mail_port == port
    assert Settings.from_env({"MAIL_SECURITY": security, "MAIL_PORT": "2525"}).mail_port == 2525


def test_bounds_of_clients_are_wide_where_everybody_comes_from_one_address():
    """On a developer's machine and in tests; and they can be set."""
    settings = Settings.from_env({})
    assert (settings.client_limit, settings.holds_at_once, settings.rush) == (600, 200, 1000)

    told = {"BOOKINGS_PER_CLIENT": "3", "HOLDS_PER_CLIENT": "2", "RUSH": "1"}
    settings = Settings.from_env(PRODUCTION | told)
    assert (settings.client_limit, settings.holds_at_once, settings.rush) == (3, 2, 1)


def test_lists_are_parted_by_commas_and_spaces_do_not_matter():
    settings = Settings.from_env(
        {"TRUSTED_HOSTS": " a.example , b.example,", "OLD_SECRET_KEYS": f"{SECRET}, "}
    )

    assert settings.trusted_hosts == ("a.example", "b.example", *LOOPBACK)
    assert settings.old_secret_keys == (SECRET,)


def test_a_folder_of_houses_and_one_for_data_can_be_named(tmp_path):
    settings = Settings.from_env({"HOUSES_FOLDER": str(tmp_path), "VAR_FOLDER": "var/elsewhere"})

    assert settings.houses_folder == tmp_path
    assert settings.database_url == "sqlite:///var/elsewhere/booking.sqlite"
    assert settings.var_folder == Path("var/elsewhere")
