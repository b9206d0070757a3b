"""The command line: ``python -m bot run`` and its sisters."""

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Settings
from bot.domain.errors import ContentError, KontorError, SettingsError
from bot.domain.languages import Language
from bot.domain.understanding import DOUBTFUL_BELOW

ENV_FILE = Path(".env")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except SettingsError as error:
        return _fail(*error.values["problems"])  # type: ignore[misc]  # a tuple of sentences
    except ContentError as error:
        return _fail(*error.values["problems"])  # type: ignore[misc]  # a tuple of problems
    except KontorError as error:
        return _fail(_SENTENCES.get(error.code, str(error)))
    except OSError as error:
        return _fail(f"The system refused: {error}. Check the disk and KONTOR_DATA.")
    except KeyboardInterrupt:
        return 130


_SENTENCES = {
    "storage_unavailable": "The database does not answer: check KONTOR_DATABASE and the disk.",
    "storage_unreadable": "The database cannot be read: it is damaged, or not of Kontor.",
    "storage_too_new": "The database was written by a newer Kontor: update this one.",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="serve the page, and Telegram when a token is set")
    run.set_defaults(command=_run)

    invite = commands.add_parser("invite-teacher", help="print a link that makes a teacher")
    invite.set_defaults(command=_invite)

    check = commands.add_parser("check", help="check all exercises, phrases and words")
    check.set_defaults(command=_check)

    understand = commands.add_parser("understand", help="show how a message is understood")
    understand.add_argument("--lang", type=Language, default=Language.EN, choices=list(Language))
    understand.add_argument("--json", action="store_true", help="print JSON (always done)")
    understand.add_argument("--jsonl", action="store_true", help="TEXT names a file of lines")
    understand.add_argument("text")
    understand.set_defaults(command=_understand)

    corpus = commands.add_parser("corpus", help="print doubtful messages, without names, to label")
    corpus.add_argument("--lang", type=Language, choices=list(Language), help="of this language")
    corpus.add_argument("--limit", type=_count, help="at most so many, the most doubtful ones")
    corpus.add_argument(
        "--below",
        type=_confidence,
        default=DOUBTFUL_BELOW,
        help="confidence (default: %(default)s)",
    )
    corpus.set_defaults(command=_corpus)

    simulate = commands.add_parser("simulate", help="play scripted learners against all buyers")
    simulate.add_argument(
        "--sessions", type=_count, default=1000, help="of each learner (default: %(default)s)"
    )
    simulate.add_argument("--deal", action="append", default=[], help="only this exercise's")
    simulate.set_defaults(command=_simulate)

    server = commands.add_parser("languagetool", help="run LanguageTool alone, for a container")
    server.add_argument("--port", type=int, default=8081)
    server.set_defaults(command=_languagetool)
    return parser


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def _confidence(text: str) -> float:
    try:
        confidence = float(text)
    except ValueError:
        confidence = 0.0
    if not 0 < confidence <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0 and up to 1")
    return confidence


def _settings() -> Settings:
    settings = Settings.read(os.environ, env_file=ENV_FILE)
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for noisy in ("telegram", "alembic", "uvicorn"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    return settings


def _run(_: argparse.Namespace) -> int:
    settings = _settings()
    print("Starting Kontor ...", flush=True)
    from bot import app  # spaCy, matplotlib and SQLAlchemy take seconds: say something first

    def announce(url: str) -> None:
        telegram = " and on Telegram" if settings.telegram_token else ""
        print(f"\n  Kontor is here: {url}{telegram}\n  Ctrl+C ends it.\n", flush=True)

    asyncio.run(app.serve(settings, announce=announce))
    return 0


def _invite(_: argparse.Namespace) -> int:
    settings = _settings()
    from bot import app

    links = asyncio.run(app.invite_teacher(settings))
    print("Whoever opens one of these links first becomes a teacher (valid for 7 days, once):")
    for link in links:
        print(f"  {link}")
    return 0


def _check(_: argparse.Namespace) -> int:
    from bot import app, content

    library = content.load(app.CONTENT)
    for problem in library.problems:
        print(problem)
    counts = f"{len(library.exercises)} exercises, {len(library.speech)} phrase books"
    print(f"{counts}, {len(library.lexicon)} lexicons, {len(library.problems)} problems")
    return 1 if library.problems else 0


def _understand(options: argparse.Namespace) -> int:
    from bot.domain.understanding import Context
    from bot.language.understanding import SpacyUnderstander, as_json

    understander = SpacyUnderstander(today=lambda: datetime.now(UTC).date())
    try:
        items = _messages(Path(options.text)) if options.jsonl else [(options.lang, options.text)]
    except (ValueError, KeyError, TypeError):
        return _fail(f'{options.text}: every line must be like {{"lang": "de", "text": "Hallo"}}.')
    for language, text in items:
        print(
            json.dumps(as_json(understander.read(text, language, Context())), ensure_ascii=False)
        )
    return 0


def _messages(path: Path) -> list[tuple[Language, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines if line.strip()]
    return [(Language(one["lang"]), str(one["text"])) for one in found]


def _corpus(options: argparse.Namespace) -> int:
    settings = _settings()
    from bot import app
    from bot.corpus import line

    found = asyncio.run(
        app.doubts(settings, below=options.below, language=options.lang, limit=options.limit)
    )
    for doubt in found:
        print(line(doubt))
    if not found:
        print(
            f"Nothing to label: no message is stored that was understood with a confidence "
            f"below {options.below}.",
            file=sys.stderr,
        )
    return 0


def _simulate(options: argparse.Namespace) -> int:
    from bot.app import CONTENT
    from bot.simulation import report, running

    def tell(done: int, total: int) -> None:
        print(f"\r{done} of {total} sessions", end="", file=sys.stderr, flush=True)

    rows = running.run(CONTENT, sessions=int(options.sessions), only=options.deal, tell=tell)
    print(file=sys.stderr)
    if not rows:
        return _fail("There is no such deal: python -m bot check lists what is wrong with a file.")
    print(report.table(rows))
    failures = list(report.failures(rows))
    return _fail(*failures) if failures else 0


def _languagetool(options: argparse.Namespace) -> int:
    from bot.language.grammar import java

    java.serve(_settings().data, port=options.port)


def _fail(*sentences: object) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
