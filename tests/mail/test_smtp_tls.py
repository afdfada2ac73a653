"""Whom we hand letters and the password to: certificates, names, sign-in."""

import ssl
from dataclasses import replace

import pytest
import trustme
from aiosmtpd.smtp import AuthResult

from booking.messages.letters import ServerAway
from tests.mail.post_office import HOST, LETTER, post_office, sending


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority, tmp_path_factory):
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


def tls_of(authority: trustme.CA, name: str = HOST) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_unknown_authority_is_not_trusted_unless_it_is_named_or_checks_are_off(
    security, authority, ca_file
):
    context = tls_of(authority)
    settings = {"tls_context": context} if security == "starttls" else {"ssl_context": context}
    with post_office(**settings) as (box, plain):
        server = replace(plain, security=security)
        with sending(server) as transport, pytest.raises(ServerAway, match="CERTIFICATE_VERIFY_FAILED"):
            transport.send(LETTER)
        assert not box.letters
        for trusting in (replace(server, ca_file=ca_file), replace(server, verify=False)):
            with sending(trusting) as transport:
                transport.send(LETTER)

    assert len(box.letters) == 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_good_certificate_for_another_name_is_not_accepted(security, authority, ca_file):
    context = tls_of(authority, "other.example")
    settings = {"tls_context": context} if security == "starttls" else {"ssl_context": context}
    with post_office(**settings) as (box, plain):
        server = replace(plain, security=security, ca_file=ca_file)
        with sending(server) as transport, pytest.raises(ServerAway, match="CERTIFICATE_VERIFY_FAILED"):
            transport.send(LETTER)

    assert not box.letters


def test_a_server_without_starttls_gets_no_letter_in_the_clear():
    with (
        post_office() as (box, server),
        sending(replace(server, security="starttls")) as transport,
        pytest.raises(ServerAway),
    ):
        transport.send(LETTER)

    assert not box.letters


def test_a_wrong_password_is_the_fault_of_the_house_and_stays_unsaid(authority, ca_file):
    def authenticate(server, session, envelope, mechanism, data):
        return AuthResult(success=data.password == b"right", handled=False)

    settings = {"authenticator": authenticate, "auth_required": True, "tls_context": tls_of(authority)}
    with post_office(**settings) as (box, plain):
        server = replace(
            plain, security="starttls", ca_file=ca_file, username="house", password="wrong-secret"
        )
        with sending(server) as transport, pytest.raises(ServerAway) as away:
            transport.send(LETTER)
        with sending(replace(server, password="right")) as transport:
            transport.send(LETTER)

    assert "wrong-secret" not in str(away.value)
    assert len(box.letters) == 1
