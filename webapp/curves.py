"""Angles over time of one session, for the chart: from the kept landmark series, else from its repetitions."""

from __future__ import annotations

from typing import TypedDict

from coach.goals import SLACK_DEG
from coach.landmarks import SIDES
from webapp.i18n import _
from webapp.replaying import keeping
from webapp.replaying.replay import Replay
from webapp.review import Review, review
from webapp.store.engine import Session
from webapp.store.series import SeriesStore
from webapp.store.session_tables import PatientSession
from webapp.words import angle_name

#: A longer pause than this between two repetitions is a rest, not movement.
REST_S = 6.0


class Curve(TypedDict):
    """One line: degrees at the chart's times, None where nobody vouches for a number.

    `main`: of the angle that the target is for; the others are shown when asked for.
    """

    name: str
    deg: list[float | None]
    main: bool


class Mark(TypedDict):
    """One repetition on the chart: when it turned, and how it was judged."""

    t_s: float
    verdict: str


class Curves(TypedDict):
    """What the chart draws: `t_s` in seconds of the session, target and limit of the first target's angle.

    A target counts as reached within `slack_deg`: the chart shades it.
    """

    t_s: list[float]
    curves: list[Curve]
    reps: list[Mark]
    slack_deg: float
    target_deg: float | None
    limit_deg: float | None
    source: str


def curves(session: Session, row: PatientSession, series: SeriesStore) -> Curves:
    """The curves of a session. Whether the asker may see it has been asked before."""
    found = review(session, row)
    replay = keeping.of(session, row, series)
    if replay is None:
        times, lines = _from_reps(found)
        source = _("Drawn from the smallest and largest angle of each repetition.")
    else:
        times, lines = _from_replay(replay, found)
        source = _(
            "Measured in each picture; a hole where the camera could not see it well enough."
        )
    return {
        "t_s": times,
        "curves": lines,
        "reps": [
            {"t_s": one.t_s, "verdict": one.verdict}
            for one in found.judged
            if one.verdict != "none"
        ],
        "slack_deg": SLACK_DEG,
        "target_deg": found.target_deg,
        "limit_deg": found.prescribed.limits.get(found.angle) if found.angle else None,
        "source": source,
    }


def _from_replay(replay: Replay, found: Review) -> tuple[list[float], list[Curve]]:
    """The angles that the repetitions are judged by, each side that was seen."""
    wanted = set(found.angles) | ({found.angle} if found.angle else set())
    lines: list[Curve] = [
        {"name": angle_name(name), "deg": deg, "main": _is_main(name, found)}
        for name, deg in replay.angles.items()
        if name.split("_", 1)[-1] in wanted or name in wanted
    ]
    return replay.t_s, lines


def _is_main(name: str, found: Review) -> bool:
    """Whether a curve is of the target's angle; all are, when there is no target."""
    return found.angle is None or name in {
        found.angle,
        *(f"{side}_{found.angle}" for side in SIDES),
    }


def _from_reps(found: Review) -> tuple[list[float], list[Curve]]:
    """Three points a repetition (start, turn, end), and a hole in the line where there was a rest."""
    reps, names = found.reps, found.angles
    times: list[float] = []
    values: dict[str, list[float | None]] = {name: [] for name in names}
    for rep in reps:
        if times and rep.start_s - times[-1] > REST_S:
            times.append((times[-1] + rep.start_s) / 2)
            for line in values.values():
                line.append(None)
        times += [rep.start_s, rep.peak_s, rep.end_s]
        for name, line in values.items():
            low, high = rep.rom_deg.get(name, (None, None))
            start, turn = (high, low) if found.shrinks(name) else (low, high)
            line += [start, turn, start]
    return times, [
        {"name": angle_name(name), "deg": line, "main": _is_main(name, found)}
        for name, line in values.items()
    ]
