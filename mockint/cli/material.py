"""What interviews are made of: the job, question banks, the user's stories."""

from __future__ import annotations

from pathlib import Path

import click

from mockint.cli.shared import FILE, JSON, fail, print_json


@click.command()
@click.argument("file", type=FILE)
@click.option("--set", "shares", multiple=True, metavar="AREA=PERCENT", help="Set an area's share; may be repeated.")
@click.option("--drop", "dropped", multiple=True, metavar="NAME", help="Leave out an area or a term; may be repeated.")
@click.option("--keep", "kept", multiple=True, metavar="NAME", help="Undo --set or --drop of an area or a term.")
@click.option("--reset", is_flag=True, help="Undo every edit of this posting.")
@JSON
def job(
    file: Path, shares: tuple[str, ...], dropped: tuple[str, ...], kept: tuple[str, ...], reset: bool, as_json: bool
) -> None:
    """Show what mockint reads from a job description (text, Markdown, HTML, PDF, .docx), and edit its focus areas.

    Edits are kept in FILE.focus.json beside the posting and count whenever it is read.
    """
    from mockint import posting
    from mockint.report.text import job_lines

    if shares or dropped or kept or reset:
        posting.edit(file, shares=[_share(text) for text in shares], dropped=dropped, kept=kept, reset=reset)
    found = posting.read_job(file)
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(job_lines(found)))


@click.group()
def bank() -> None:
    """Question banks."""


@bank.command("list")
@JSON
def bank_list(as_json: bool) -> None:
    """List every question with its id."""
    from mockint.banks.load import usual_banks

    banks, left_out = usual_banks()
    for error in left_out:
        click.echo(f"Left out: {error}", err=True)
    if as_json:
        print_json([{"area": b.area, "title": b.title, "questions": b.questions} for b in banks])
        return
    for one in banks:
        click.echo(f"{one.title} ({one.area})")
        for question in one.questions:
            click.echo(f"  {question.id}  [{question.difficulty}]  {question.text}")


@bank.command("check")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
def bank_check(files: tuple[Path, ...]) -> None:
    """Check question banks (files or folders of them); names file, line, entry and field of everything wrong."""
    from mockint.banks.load import check

    problems = check(files)
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        fail(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found. Correct them and check again.")
    click.echo("Checked: all well.")


@bank.command("schema")
def bank_schema() -> None:
    """Print the JSON Schema of a bank, for an editor that checks and completes what you type."""
    from mockint.banks.schema import schema

    click.echo(schema(), nl=False)


@bank.command("import")
@click.argument("file", type=FILE)
@click.option("--area", metavar="ID", help="Focus area of the questions; default: the file's own, or its name.")
@click.option("--out", type=FILE, metavar="FILE.yaml", help="Where the bank goes; default: among your own banks.")
def bank_import(file: Path, area: str | None, out: Path | None) -> None:
    """Make a bank of questions in Markdown, CSV, JSON, YAML or an Anki package, and say what was left out and why."""
    from mockint.exchange import bring
    from mockint.exchange.port import left_out_lines
    from mockint.untrusted import plain_text, slug

    if area is not None and slug(area) != area:
        raise click.BadParameter("small letters, digits and -, at most 64.", param_hint="--area")
    banks, left_out, files = bring.import_file(file, area, out)
    for one, place in zip(banks, files, strict=True):
        count = len(one.questions)
        click.echo(f"{count} question{'' if count == 1 else 's'} in the area {one.area}: {place}")
    for line in left_out_lines(left_out):
        click.echo(f"  {plain_text(line)}")


@bank.command("export")
@click.argument("areas", metavar="[AREA]...", nargs=-1)
@click.argument("out", type=FILE)
def bank_export(areas: tuple[str, ...], out: Path) -> None:
    """Write banks (without an AREA: all) as Markdown, CSV, TSV, JSON or an Anki package, by the ending of OUT."""
    from mockint.banks.load import usual_banks
    from mockint.exchange.send import export_banks

    written = export_banks(usual_banks().banks, areas, out)
    click.echo(f"{sum(len(one.questions) for one in written)} questions written to {out}.")


@click.group()
def story() -> None:
    """Your own stories for behavioural questions: Markdown files, told in situation, task, action and result."""


@story.command("list")
@JSON
def story_list(as_json: bool) -> None:
    """List your stories with what they show."""
    from mockint import paths
    from mockint.stories.load import usual_stories

    stories, left_out = usual_stories()
    for error in left_out:
        click.echo(f"Left out: {error}", err=True)
    if as_json:
        print_json(stories)
        return
    for one in stories:
        click.echo(f"{one.id}  {one.title}  [{', '.join(one.competences)}]")
    if not stories:
        click.echo(f'No stories yet in {paths.stories_dir()}. Begin one with: mockint story new "The title"')


@story.command("check")
@click.argument("chosen", metavar="[FILE]...", type=FILE, nargs=-1)
def story_check(chosen: tuple[Path, ...]) -> None:
    """Check your stories (without a FILE: all); names file and line of everything that is missing."""
    from mockint.stories import load

    files = list(chosen) or load.files()
    problems = load.check(files)
    for problem in problems:
        click.echo(str(problem), err=True)
    for line in load.unknown_competences(files):
        click.echo(f"Note: {line}", err=True)
    if problems:
        fail(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found. Correct them and check again.")
    click.echo(f"{len(files)} checked: all well.")


@story.command("new")
@click.argument("title")
@click.option("--competence", "named", multiple=True, metavar="NAME", help="What it shows (may be repeated).")
def story_new(title: str, named: tuple[str, ...]) -> None:
    """Begin a story: makes a file with the headings to fill, and says where it is."""
    from mockint.stories.load import begin

    click.echo(f"Made {begin(title, named)}. Fill it in, then: mockint story check")


# --- inner ---------------------------------------------------------------------------------------------------------


def _share(text: str) -> tuple[str, float]:
    """`Testing=30` as an area and its share of 1."""
    name, _, percent = text.rpartition("=")
    try:
        return name.strip(), float(percent.strip().removesuffix("%")) / 100
    except ValueError:
        raise click.BadParameter(f'"{text}" is not like "Testing=30".', param_hint="--set") from None
