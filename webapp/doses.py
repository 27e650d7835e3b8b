"""How long a dose takes, and the same dose once through for a day with little time."""

from __future__ import annotations

from typing import Final

import msgspec

from coach.exercise import Exercise, Prescription

#: Standing up, placing the camera, getting into position.
SET_UP_S: Final = 40.0
#: The time of a repetition whose tempo nobody has set.
USUAL_REP_S: Final = 4.0


def seconds(exercise: Exercise, prescribed: Prescription) -> float:
    """How long an exercise takes as prescribed, with its rests and the time to get ready."""
    dose = prescribed.dose or exercise.dose
    tempo = prescribed.tempo or exercise.tempo
    rep_s = tempo.out_s + max(tempo.hold_s, dose.hold_s) + tempo.back_s or USUAL_REP_S
    sides = 2 if (prescribed.sides or exercise.sides) == "alternating" else 1
    work_s = dose.sets * sides * max(dose.reps, 1) * rep_s
    return SET_UP_S + work_s + (dose.sets - 1) * dose.rest_s


def of_day(exercise: Exercise, prescribed: Prescription, *, short: bool) -> Prescription:
    """What a session is judged by: what is prescribed, or on a short day one set of it. Targets, limits and tempo stay
    the therapist's."""
    if not short:
        return prescribed
    dose = msgspec.structs.replace(prescribed.dose or exercise.dose, sets=1)
    return msgspec.structs.replace(prescribed, dose=dose)
