"""Reads all that is authored in ``dialogues/`` and ``lexicons/``; plays none of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from bot.content import advice, speech
from bot.content import exercises as exercise_checks
from bot.content import lexicon as lexicons
from bot.content.lexicon import Concept, Gender, Lexicon, Word
from bot.content.schema import parse
from bot.content.source import Document, Loc, Problem, read
from bot.content.twins import in_twins
from bot.domain.exercise import Exercise, Phrasebook
from bot.domain.helps import Move
from bot.domain.languages import Interface, Language
from bot.domain.models import Occasion

__all__ = ["Concept", "Gender", "Lexicon", "Library", "Problem", "Word", "load"]


T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All content that is fit for use, and what is wrong with the rest."""

    exercises: Mapping[str, Exercise]
    """By id."""
    speech: Mapping[Language, Phrasebook]
    advice: Mapping[Language, Mapping[Occasion, tuple[str, ...]]]
    """Better sentences for the debrief."""
    lexicon: Mapping[str, Lexicon]
    """By id, which is its topic."""
    problems: tuple[Problem, ...]
    """In the order of path and line; a file with problems is in none of the above.

    Only an exercise that is fine but for its twin is there, without the twin.
    """

    @property
    def moves(self) -> Mapping[Move, Mapping[Language, str]]:
        """A model sentence for every move, from the lexicon of that name."""
        concepts = self.lexicon["moves"].concepts if "moves" in self.lexicon else ()
        return {
            Move(concept.id): {
                language: concept.words[Interface(language.value)].example or ""
                for language in Language
            }
            for concept in concepts
        }


def load(root: Path) -> Library:
    """Read ``dialogues/`` and ``lexicons/`` in ``root``; never raises for what the files hold."""
    problems: list[Problem] = []
    exercises = {
        path.stem: exercise
        for path in sorted((root / "dialogues").glob("*/*.yaml"))
        if path.parent.name not in ("advice", "speech")
        and (
            exercise := _checked(
                path, root, exercise_checks.ADAPTER, exercise_checks.in_exercise, problems
            )
        )
    }
    phrasebooks = {
        language: book.lines
        for language in Language
        if (book := _checked(_speech(root, language), root, speech.ADAPTER, _in_speech, problems))
    }
    better = {
        language: told.phrases
        for language in Language
        if (told := _checked(_advice(root, language), root, advice.ADAPTER, _in_advice, problems))
    }
    found = {
        path.stem: lexicon
        for path in sorted((root / "lexicons").glob("*.yaml"))
        if (lexicon := _checked(path, root, lexicons.ADAPTER, _in_lexicon, problems))
    }
    return Library(
        exercises=_with_true_twins(exercises, root, problems),
        speech=phrasebooks,
        advice=better,
        lexicon=found,
        problems=tuple(sorted(problems, key=lambda p: (p.path, p.line))),
    )


def _with_true_twins(
    exercises: Mapping[str, Exercise], root: Path, problems: list[Problem]
) -> Mapping[str, Exercise]:
    """The exercises; one whose twin is none can be played without it."""
    found = {id: list(in_twins(exercise, exercises)) for id, exercise in exercises.items()}
    for id in (id for id, faults in found.items() if faults):
        path = root / "dialogues" / exercises[id].competence / f"{id}.yaml"
        document = read(path, root=root)
        if isinstance(document, Document):
            problems.extend(document.problem(*fault) for fault in found[id])
    return {
        id: replace(exercise, twin=None) if found[id] else exercise
        for id, exercise in exercises.items()
    }


def _speech(root: Path, language: Language) -> Path:
    return root / "dialogues" / "speech" / f"{language}.yaml"


def _in_speech(book: speech.Speech, path: Path) -> Iterator[tuple[Loc, str]]:
    return speech.in_speech(book, Language(path.stem))


def _advice(root: Path, language: Language) -> Path:
    return root / "dialogues" / "advice" / f"{language}.yaml"


def _in_advice(book: advice.Advice, path: Path) -> Iterator[tuple[Loc, str]]:
    return advice.in_advice(book, Language(path.stem))


def _in_lexicon(lexicon: Lexicon, path: Path) -> Iterator[tuple[Loc, str]]:
    return lexicons.in_lexicon(lexicon, path.stem)


def _checked(
    path: Path,
    root: Path,
    adapter: TypeAdapter[T],
    check: Callable[[T, Path], Iterator[tuple[Loc, str]]],
    problems: list[Problem],
) -> T | None:
    """The value in ``path``, or ``None`` and its problems added to ``problems``."""
    document = read(path, root=root)
    if isinstance(document, Problem):
        problems.append(document)
        return None
    parsed = parse(document, adapter)
    value: T | None = parsed[0]
    found = parsed[1]
    if value is not None:
        found = tuple(document.problem(loc, message) for loc, message in check(value, path))
    problems.extend(found)
    return None if found else value
