"""From an exception to the one line a user reads, in their language, and the exit status."""

from __future__ import annotations

import errno
import os
from difflib import get_close_matches

import click

from bialign.cli.command import argument_name
from bialign.cli.messages import Messages
from bialign.errors import BialignError

INPUT_AT_FAULT = 1
CALL_AT_FAULT = 2

SYSTEM_ERRORS = {
    errno.ENOENT: "no such file or folder",
    errno.EACCES: "no permission",
    errno.EPERM: "no permission",
    errno.EISDIR: "this is a folder, a file is wanted",
    errno.ENOTDIR: "a part of this path is not a folder",
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EEXIST: "it exists already",
}


ENCODING_WAYS = {
    **dict.fromkeys(("repair", "clean", "split", "convert"), "--encoding"),
    "align": "--source-encoding, --target-encoding",
    "build": "encoding: in the recipe",
}
"""How each command takes an encoding; the others take UTF-8 only."""


def failure_message(error: Exception, say: Messages, command: str = "") -> tuple[str | None, int]:
    """Give the line and the exit status for an exception of a command; no line for one that is bialign's own fault."""
    if isinstance(error, BialignError):
        way = say(ENCODING_WAYS.get(command, "save it as UTF-8")) if error.wanted == "encoding" else ""
        return library_message(error, say) + (f" ({way})" if way else ""), INPUT_AT_FAULT
    if isinstance(error, click.UsageError):
        hint = f" ({error.ctx.command_path} --help)" if error.ctx is not None else ""
        return usage_message(error, say) + hint, CALL_AT_FAULT
    if isinstance(error, OSError):
        return system_message(error, say), INPUT_AT_FAULT
    if isinstance(error, MemoryError):
        return say("not enough memory for texts of this size: align them in parts"), INPUT_AT_FAULT
    if os.environ.get("BIALIGN_DEBUG"):
        return None, INPUT_AT_FAULT
    template = "a fault of bialign itself ({kind}: {message}); BIALIGN_DEBUG=1 shows where, please report it"
    return say(template, kind=type(error).__name__, message=error), INPUT_AT_FAULT


def library_message(error: BialignError, say: Messages) -> str:
    """Say an error of the library, its template translated."""
    # what fills the places may be words of ours too: "a PDF file"
    fields = {name: say(value) if isinstance(value, str) else value for name, value in error.fields.items()}
    message = say(error.template, **fields)
    return f"{error.place}: {message}" if error.place else message


def system_message(error: OSError, say: Messages) -> str:
    """Say what the operating system refused, and where."""
    reason = SYSTEM_ERRORS.get(error.errno or 0)
    said = say(reason) if reason else error.strerror or str(error)
    return f"{error.filename}: {said}" if error.filename else said


def usage_message(error: click.UsageError, say: Messages) -> str:
    """Say what is wrong with the call."""
    if isinstance(error, click.MissingParameter):
        return say("{name} is missing", name=_parameter_name(error.param, say))
    if isinstance(error, click.NoSuchOption):
        near = get_close_matches(error.option_name, error.possibilities or (), n=1, cutoff=0.0)
        hint = f": {say('did you mean {name}?', name=near[0])}" if near else ""
        return say("there is no option {name}", name=error.option_name) + hint
    if isinstance(error, click.BadParameter):
        name = _parameter_name(error.param, say)
        if error.param is not None and isinstance(error.param.type, click.Choice):
            choices = ", ".join(map(str, error.param.type.choices))
            return say("{name} takes one of: {choices}", name=name, choices=choices)
        return f"{name}: {say(error.message)}" if name else say(error.message)
    if isinstance(error, click.BadOptionUsage):
        return say("{name} needs a value", name=error.option_name)
    return say(error.message)


def _parameter_name(parameter: click.Parameter | None, say: Messages) -> str:
    if parameter is None:
        return ""
    return parameter.opts[-1] if isinstance(parameter, click.Option) else argument_name(parameter, say)
