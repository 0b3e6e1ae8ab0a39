"""The `mockint` command. Every command is thin, loaded when it is called, and imports what it needs when it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import click

from mockint import __version__
from mockint.opening import errors_told, open_app

_MODULES = {
    **dict.fromkeys(("interview", "demo"), "interviews"),
    **dict.fromkeys(("transcribe", "score", "correct", "rescore"), "answers"),
    **dict.fromkeys(("job", "bank", "story"), "material"),
    **dict.fromkeys(("history", "progress", "report", "purge"), "past"),
    "plan": "planning",
    **dict.fromkeys(("sheet", "audio-pack"), "listening"),
    "travel": "travelling",
    **dict.fromkeys(("doctor", "models"), "machine"),
}
"""Command -> the module beside this one that has it, under the same name."""


class _Commands(Mapping[str, click.Command]):
    """Name -> command, loaded when it is looked up."""

    def __getitem__(self, name: str) -> click.Command:
        command = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name.replace("-", "_"))
        assert isinstance(command, click.Command)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


class _Group(click.Group):
    """Turns our errors into one line on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        with errors_told():
            return super().invoke(ctx)


@click.group(
    cls=_Group,
    commands=_Commands(),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="mockint")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Practise job interviews aloud, on your own machine. Without a command: open the app."""
    if ctx.invoked_subcommand is None:
        open_app(None, None)
