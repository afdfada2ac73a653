"""security.txt: each house says whom to tell of a weakness (RFC 9116)."""

from datetime import datetime


def test_each_house_names_its_own_contact_and_an_expiry_ahead(visitor, clock):
    seen = {}
    for host in ("localhost", "bibliothek.localhost"):
        answer = visitor.client.get("/.well-known/security.txt", base_url=f"http://{host}")
        assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
        seen[host] = dict(line.split(": ", 1) for line in answer.text.splitlines())

    for fields in seen.values():
        assert datetime.fromisoformat(fields["Expires"]) > clock()
    assert seen["localhost"]["Contact"] == "mailto:lab@leipzig.example"
    assert seen["localhost"]["Contact"] != seen["bibliothek.localhost"]["Contact"]
