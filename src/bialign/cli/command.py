"""Commands and groups that show help in the user's language, and the options all commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from bialign.cli.console import Console
from bialign.cli.messages import LANGUAGES, Messages

Function = TypeVar("Function", bound=Callable[..., Any])


def reading_options(function: Function) -> Function:
    """Add the options --lang and --encoding."""
    lang = click.option(
        "--lang", metavar="LANG", default="", help="Language of the text: en or es; else it is guessed."
    )
    encoding = click.option(
        "--encoding", metavar="NAME", help="Encoding of the text: cp1252, utf-16 ...; else it is detected."
    )
    return lang(encoding(function))


class Argument(click.Argument):
    """Take a positional argument that is explained in the help."""

    def __init__(self, *args: Any, note: str = "", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.note = note


class Command(click.Command):
    """Show help in the user's language, with what every command must have: a real example."""

    def __init__(self, *args: Any, example: str = "", **attributes: Any) -> None:
        attributes["help"] = _paragraphs(attributes.get("help"))
        super().__init__(*args, **attributes)
        self.example = example

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, text, arguments, options and the example."""
        say = messages_of(ctx)
        self.format_usage(ctx, formatter)
        for paragraph in (self.help or "").split("\n\n"):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(say(paragraph))
        arguments, options = self._rows(ctx, say)
        write_list(formatter, say("Arguments"), arguments)
        self.format_commands(ctx, formatter)
        write_list(formatter, say("Options"), options)
        if self.example:
            with formatter.section(say("Example")):
                formatter.write(f"  {self.example}\n")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        say = messages_of(ctx)
        arguments = [p for p in self.params if isinstance(p, click.Argument)]
        pieces = [argument_name(p, say) if p.required else f"[{argument_name(p, say)}]" for p in arguments]
        formatter.write_usage(ctx.command_path, " ".join([*pieces, say("[OPTIONS]")]), prefix=say("Usage:") + " ")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, where there are any."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """Give the first paragraph of the help, whole."""
        return (self.help or "").split("\n\n", maxsplit=1)[0]

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Parse the arguments; too many of them are told in the user's language."""
        context = super().make_context(info_name, args, parent, **{"allow_extra_args": True, **extra})
        if context.args and not isinstance(self, click.Group):
            raise click.UsageError(messages_of(context)("{name} is too much", name=context.args[0]), context)
        return context

    def _rows(self, ctx: click.Context, say: Messages) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        arguments, options = [], []
        for parameter in self.get_params(ctx):
            if isinstance(parameter, Argument):
                arguments.append((argument_name(parameter, say), say(parameter.note)))
            elif isinstance(parameter, click.Option):
                value = "" if parameter.is_flag else " " + say(parameter.metavar or "TEXT")
                help = "Show this help and exit." if "--help" in parameter.opts else parameter.help or ""
                options.append((", ".join(parameter.opts) + value, say(help)))
        return arguments, options


class Group(Command, click.Group):
    """List its commands in the order they were added, which is the order of the work."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands' names in the order of the work."""
        return list(self.commands)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        say = messages_of(ctx)
        formatter.write_usage(ctx.command_path, say("COMMAND ..."), prefix=say("Usage:") + " ")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        say = messages_of(ctx)
        rows = [(name, say(command.get_short_help_str())) for name, command in self.commands.items()]
        write_list(formatter, say("Commands"), rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or offer the nearest name."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            from difflib import get_close_matches

            say = messages_of(ctx)
            near = get_close_matches(args[0], self.commands, n=1)
            hint = f": {say('did you mean {name}?', name=near[0])}" if near else ""
            raise click.UsageError(say("there is no command {name}", name=args[0]) + hint, ctx)
        return super().resolve_command(ctx, args)


def messages_of(ctx: click.Context) -> Messages:
    """Find the language of the run a context belongs to."""
    console = ctx.find_object(Console)
    return console.say if console is not None else Messages()


def argument_name(parameter: click.Parameter, say: Messages) -> str:
    """Name a positional argument as the usage line does: "SOURCE", "GOLDDIR..."."""
    name = say(parameter.metavar or (parameter.name or "").upper())
    return f"{name}..." if parameter.nargs == -1 else name


def write_list(formatter: click.HelpFormatter, title: str, rows: list[tuple[str, str]]) -> None:
    """Write a titled list of names and what they mean."""
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


def _paragraphs(text: str | None) -> str:
    """Undo the line breaks inside the paragraphs of a docstring, so that each is one key of the catalogue."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in (text or "").split("\n\n"))


def _be_quiet(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    console = ctx.find_object(Console)
    if value and console is not None:
        console.quiet = True


def shared_options(function: Function) -> Function:
    """Add the options that every command takes: --quiet and --ui-lang."""
    quiet = click.option(
        "-q",
        "--quiet",
        is_flag=True,
        expose_value=False,
        callback=_be_quiet,
        help="Say nothing but warnings and errors.",
    )
    # the language is chosen before parsing, so that parsing can speak it: here its value is only checked
    language = click.option(
        "--ui-lang",
        type=click.Choice(LANGUAGES),
        metavar="en|es",
        expose_value=False,
        help="Language of messages and help; by default BIALIGN_LANG, else that of the system.",
    )
    return quiet(language(function))
