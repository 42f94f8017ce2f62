"""The command ``layoutgan``: its commands, and what becomes of errors.

Exit codes: 0 clean; 1 findings of severity error; 2 could not run, with one line on stderr and never a
traceback (except under ``--debug``).
"""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from layoutgan import __version__
from layoutgan.cli import (
    brief,
    check,
    corpus,
    evaluate,
    export,
    generate,
    init,
    listing,
    plugin,
    read,
    repair,
    rule,
    schema,
    train,
    watch,
)
from layoutgan.cli.terminal import one_line, result
from layoutgan.errors import LayoutError

__all__ = ["app", "run"]

COULD_NOT_RUN = 2

app = typer.Typer(
    name="layoutgan", help="Engineering layouts from a brief: generated, exact, checked, drawn for CAD.",
    rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=True,
)
for _name, _command in (
    ("init", init.init), ("generate", generate.generate), ("check", check.check),
    ("repair", repair.repair), ("export", export.export), ("train", train.train),
    ("evaluate", evaluate.evaluate), ("list", listing.listing), ("rule", rule.rule),
    ("schema", schema.schema), ("watch", watch.watch), ("read", read.read),
):
    app.command(_name)(_command)
app.add_typer(brief.app, name="brief")
app.add_typer(corpus.app, name="corpus")
app.add_typer(plugin.app, name="plugin")


def _version(asked: bool) -> None:
    if asked:
        result(f"layoutgan {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks and warnings of errors.")] = False,
) -> None:
    """Engineering layouts from a brief: generated, exact, checked, drawn for CAD."""
    if context.invoked_subcommand is None:
        result(context.get_help())


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit code; the entry point of the installed program.

    Args:
        arguments: as typed after ``layoutgan``; by default those of the process.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    # The option may stand anywhere, as people add it to the end of the line that just failed.
    given = ["--debug", *(a for a in given if a != "--debug")] if debug else given
    try:
        with _quiet(debug):
            answer = app(args=given, prog_name="layoutgan", standalone_mode=False)
        return answer if isinstance(answer, int) else 0
    except BrokenPipeError:
        # The reader of our output has gone, as `| head` does; Python would complain once more at exit.
        with contextlib.suppress(OSError):
            stdout = sys.stdout.fileno()
            os.dup2(os.open(os.devnull, os.O_WRONLY), stdout)
        return 0
    except KeyboardInterrupt:
        return _complain("interrupted", 130)
    except (Exception, SystemExit) as error:
        if debug:
            import traceback

            traceback.print_exc()
        return _complain(_message(error), COULD_NOT_RUN)


@contextlib.contextmanager
def _quiet(debug: bool) -> Iterator[None]:
    """UTF-8 output, and no warnings of libraries unless somebody looks for a fault."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file gets UTF-8 whatever the system's code page is, as `init > flat.yaml` is read again by us.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    with warnings.catch_warnings():
        if not debug:
            warnings.simplefilter("ignore")
        yield


def _message(error: BaseException) -> str:
    if isinstance(error, LayoutError):
        return str(error)
    if hasattr(error, "format_message"):  # wrong usage; which click it comes from depends on typer's version
        said = error.format_message().replace("Value error, ", "").rstrip(".")
        return f"{said} (see layoutgan --help)"
    if isinstance(error, typer.Abort):
        return "aborted"
    if isinstance(error, MemoryError):
        return "not enough memory; ask for less at once"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    name = type(error).__name__
    return f"internal error: {name}: {error}; run again with --debug and report what it prints"


def _complain(problem: str, code: int) -> int:
    sys.stderr.write(one_line(f"layoutgan: {problem}") + "\n")
    sys.stderr.flush()
    return code
