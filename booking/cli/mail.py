"""flask mail: previews and delivery reports."""

import click


@click.group("mail")
def group() -> None:
    """Mails."""
