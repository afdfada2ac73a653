"""On which other sites the programme of a house may be shown in a frame; pure.

The section ``[embed]`` of the house's file names them:

``ancestors``  a list of https origins such as "https://www.leipzig.de", each as browsers write it: lower case, no
               path, a port only where it is not 443. No wildcards: whoever could add a subdomain could add a frame.
               Without the section no site may.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

MOST = 20
_ORIGIN = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](?::[0-9]{1,5})?"
)


def ancestors(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the origins of a fit file whose pages may show the list of dates in a frame."""
    return tuple(data.get("embed", {}).get("ancestors", ()))


def ancestor_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the section of a file, in words for whoever writes it."""
    section = data.get("embed", {})
    if not isinstance(section, dict):
        return  # told as a misshapen section
    yield from (f"embed.{name} is not known" for name in section if name != "ancestors")
    listed = section.get("ancestors", [])
    if not isinstance(listed, list) or len(listed) > MOST:
        yield f"embed.ancestors must be a list of at most {MOST} origins, not {listed!r}"
        return
    for origin in listed:
        if not isinstance(origin, str) or not _ORIGIN.fullmatch(origin):
            yield f"embed.ancestors must hold https origins such as https://www.example.org, not {origin!r}"
