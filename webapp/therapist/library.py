"""Finding exercises: by name, region, position and tier, the favourites first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from coach.exercise import Exercise
from poses import catalogue
from webapp.i18n import Lazy, _, _l, _n
from webapp.store.exercises import OWN
from webapp.store.plans import Plan
from webapp.store.program_tables import Template
from webapp.words import REGIONS, exercise_or_none, words_of

POSITIONS: Mapping[str, Lazy] = {
    "standing": _l("Standing"), "seated": _l("Sitting"), "supine": _l("On the back"), "prone": _l("On the front"),
    "side_lying": _l("On the side"), "quadruped": _l("On hands and knees"),
}  # fmt: skip
#: What the camera can vouch for.
TIERS: Mapping[str, Lazy] = {
    "A": _l("measured in degrees"),
    "B": _l("measured roughly"),
    "C": _l("counted or timed only"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty means any."""

    text: str = ""
    region: str = ""
    position: str = ""
    tier: str = ""
    own: bool = False


def wanted(arguments: Mapping[str, str]) -> Wanted:
    """The filters of an address; what is no filter of ours is none."""
    region, position, tier = (
        value if (value := arguments.get(name, "")) in known else ""
        for name, known in (("region", REGIONS), ("position", POSITIONS), ("tier", TIERS))
    )
    text = arguments.get("q", "").strip()[:60]
    return Wanted(text, region, position, tier, own=arguments.get("own") == "yes")


def search(wish: Wanted, starred: Collection[str], own: Sequence[Exercise] = ()) -> list[Exercise]:
    """The exercises that fit, favourites first, then by name."""
    found = [one for one in (*own, *_all()) if _fits(one, wish)]
    return sorted(found, key=lambda one: (one.id not in starred, words_of(one).name))


def _fits(exercise: Exercise, wish: Wanted) -> bool:
    words = f"{words_of(exercise).name} {words_of(exercise).short} {exercise.id}".lower()
    return (
        (not wish.own or exercise.id.startswith(OWN))
        and all(part in words for part in wish.text.lower().split())
        and wish.region in ("", *exercise.regions)
        and wish.position in ("", exercise.position)
        and wish.tier in ("", exercise.tier)
    )


@cache
def _all() -> tuple[Exercise, ...]:
    return tuple(catalogue.load(one) for one in catalogue.ids())


def choices() -> dict[str, list[tuple[str, str]]]:
    """The options of each filter, in words, any first."""
    any_of = {"region": _("Any region"), "position": _("Any position"), "tier": _("Any")}
    known = {"region": REGIONS, "position": POSITIONS, "tier": TIERS}
    return {
        name: [("", any_of[name]), *((key, str(words)) for key, words in options.items())]
        for name, options in known.items()
    }


def ordered(found: Sequence[Template], starred: Collection[str]) -> list[Template]:
    """Templates, the favourites first."""
    return sorted(found, key=lambda one: (one.id not in starred, one.name))


def named(items: Sequence[tuple[str, Plan]]) -> list[tuple[Exercise, Plan]]:
    """The items whose exercise is still in the catalogue."""
    pairs = ((exercise_or_none(exercise_id), plan) for exercise_id, plan in items)
    return [(exercise, plan) for exercise, plan in pairs if exercise is not None]


def added(number: int) -> str:
    """What was done, in words."""
    if not number:
        return _("Nothing was added.")
    return _n("%(num)d exercise was added.", "%(num)d exercises were added.", number)
