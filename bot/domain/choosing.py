"""Which exercises a learner is offered, and in which order."""

from collections.abc import Collection, Iterable

from bot.domain.exercise import Exercise, Stage
from bot.domain.languages import Band

_BANDS, _STAGES = tuple(Band), tuple(Stage)


def suited(
    exercises: Iterable[Exercise], band: Band | None, done: Collection[str]
) -> tuple[str, ...]:
    """Ids, the learner's own band first, then what is easier, then what is harder.

    Of two twins the later one comes in when the other one is done: it is the second attempt.
    """
    own = _BANDS.index(band or Band.B1)

    def order(exercise: Exercise) -> tuple[bool, int, int, str]:
        away = _BANDS.index(exercise.band) - own
        return away > 0, abs(away), _STAGES.index(exercise.stage), exercise.id

    def is_open(exercise: Exercise) -> bool:
        pair = {exercise.id, exercise.twin or exercise.id}
        return exercise.id == min(pair) or bool(pair & {*done})

    return tuple(one.id for one in sorted(filter(is_open, exercises), key=order))
