"""`mockint purge` as lines of text: what would go, a question, what went."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from mockint import paths, purging
from mockint.errors import StoreError
from mockint.runtime import Runtime


def purge(runtime: Runtime, *, audio_only: bool, older_than: str, session: str, dry_run: bool, agreed: bool) -> None:
    """Tell what is kept and what is to be deleted, ask, and delete it. Raises RequestError, StoreError, Abort."""
    before = datetime.now().astimezone() - purging.age(older_than) if older_than else None
    found = purging.plan(runtime.store, audio_only=audio_only, before=before, session=session or None)
    click.echo(f"In {paths.sessions_dir()}:")
    if not found.sessions:
        held = f" {found.held} in use are left alone." if found.held else ""
        click.echo(f"Nothing to delete.{held}")
        return
    click.echo(f"{'Would delete' if dry_run else 'To delete'}: {purging.in_words(found)}")
    if dry_run:
        return
    if not agreed:
        if not sys.stdin.isatty():
            raise StoreError("Nothing was deleted: nobody is here to agree.", "Add --yes to agree beforehand.")
        click.confirm("Delete it? It cannot be brought back.", abort=True, err=True)
    purging.carry_out(runtime.store, found)
    click.echo("Deleted.")
