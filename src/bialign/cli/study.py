"""``bialign study``: what a translator decided, as data for translation studies."""

from __future__ import annotations

import click

from bialign.cli.command import Group, shared_options
from bialign.cli.study_decisions import decisions
from bialign.cli.study_indicators import indicators


@click.group(
    "study",
    cls=Group,
    invoke_without_command=True,
    example="bialign study decisions peru.bialign -o decisions.tsv",
)
@shared_options
@click.pass_context
def study(ctx: click.Context) -> None:
    """Study a translation: the translator's decisions as data, with passages, counts and plots."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


study.add_command(decisions)
study.add_command(indicators)
