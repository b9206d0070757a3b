"""Runs the simulation on all cores. Each process reads the content for itself, once."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot import content
from bot.domain.languages import Language
from bot.simulation.learners import LEARNERS
from bot.simulation.report import BOULWARE, CONCEDER, Case, Row, measured
from bot.simulation.sessions import play

_BATCH = 50  # sessions in one piece of work
_COMPARED = 4  # one in so many sessions is played by the tempers that are only compared

Told = Callable[[int, int], None]
"""Told how many sessions are done, and of how many."""


def run(root: Path, *, sessions: int, only: Sequence[str] = (), tell: Told) -> tuple[Row, ...]:
    """All cases of the deals in ``root``, or of those called in ``only``."""
    work = [
        (case, first, min(_BATCH, count - first))
        for case, count in _cases(_library(root), sessions, only)
        for first in range(0, count, _BATCH)
    ]
    total, done = sum(count for _, _, count in work), 0
    rows: dict[Case, Row] = {}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for row in pool.map(_batch, [root] * len(work), *zip(*work, strict=True)):
            rows[row.case] = rows[row.case] + row if row.case in rows else row
            done += row.sessions
            tell(done, total)
    return tuple(rows.values())


@cache
def _library(root: Path) -> content.Library:
    return content.load(root)


def _cases(
    library: content.Library, sessions: int, only: Sequence[str]
) -> Iterator[tuple[Case, int]]:
    """Every buyer as shipped against every learner; two tempers more to compare the curves."""
    for id, exercise in library.exercises.items():
        if only and id not in only:
            continue
        for language in Language:
            version = exercise.versions[language]
            if not version.deal.issues:
                continue
            own = version.persona.temper
            for learner in LEARNERS:
                case = Case(exercise=id, language=language, temper=own, learner=learner)
                yield case, sessions
            for temper in (one for one in (BOULWARE, CONCEDER) if one is not own):
                case = Case(
                    exercise=id,
                    language=language,
                    temper=temper,
                    learner="fair trader",
                    is_shipped=False,
                )
                yield case, max(sessions // _COMPARED, 1)


def _batch(root: Path, case: Case, first: int, count: int) -> Row:
    library = _library(root)
    version = library.exercises[case.exercise].versions[case.language]
    version = replace(version, persona=replace(version.persona, temper=case.temper))
    phrases, learner = library.speech[case.language], LEARNERS[case.learner]
    rows = [
        measured(case, play(version, learner, seed=seed, phrases=phrases))
        for seed in range(first, first + count)
    ]
    return sum(rows[1:], start=rows[0])
