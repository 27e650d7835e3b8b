"""What a result says, in words: plain ones for the patient, and the value with its unit for everyone."""

from __future__ import annotations

from webapp.assessed import Course
from webapp.i18n import Lazy, _, _l, _n
from webapp.store.assessment_tables import AssessmentResult
from webapp.words import SIDES, day_text

#: What a range of motion says about the patient's body; `%(deg)d` are degrees.
_MOTIONS: dict[tuple[str, str], Lazy] = {
    ("knee_flexion", "left"): _l("Your left knee bends %(deg)d degrees."),
    ("knee_flexion", "right"): _l("Your right knee bends %(deg)d degrees."),
    ("knee_extension", "left"): _l("Your left knee straightens to %(deg)d degrees; 0 is straight."),
    ("knee_extension", "right"): _l("Your right knee straightens to %(deg)d degrees; 0 is straight."),
    ("hip_flexion", "left"): _l("Your left hip bends %(deg)d degrees."),
    ("hip_flexion", "right"): _l("Your right hip bends %(deg)d degrees."),
    ("hip_abduction", "left"): _l("Your left leg moves %(deg)d degrees to the side."),
    ("hip_abduction", "right"): _l("Your right leg moves %(deg)d degrees to the side."),
    ("shoulder_flexion", "left"): _l("Your left arm lifts %(deg)d degrees to the front."),
    ("shoulder_flexion", "right"): _l("Your right arm lifts %(deg)d degrees to the front."),
    ("shoulder_abduction", "left"): _l("Your left arm lifts %(deg)d degrees to the side."),
    ("shoulder_abduction", "right"): _l("Your right arm lifts %(deg)d degrees to the side."),
    ("elbow_flexion", "left"): _l("Your left elbow bends %(deg)d degrees."),
    ("elbow_flexion", "right"): _l("Your right elbow bends %(deg)d degrees."),
    ("elbow_extension", "left"): _l("Your left elbow straightens to %(deg)d degrees; 0 is straight."),
    ("elbow_extension", "right"): _l("Your right elbow straightens to %(deg)d degrees; 0 is straight."),
}  # fmt: skip
UNITS = {"degrees": _l("degrees"), "repetitions": _l("times"), "seconds": _l("seconds")}


def title(course: Course) -> str:
    """What was measured, with its side."""
    if course.side is None:
        return course.what.words.name
    return _(
        "%(what)s, %(side)s", what=course.what.words.name, side=str(SIDES[course.side]).lower()
    )


def value(number: float | None, unit: str, error: float | None = None) -> str:
    """ "118° ± 7°", "12 times", "13.4 s"; a dash where there is no number."""
    if number is None:
        return "–"
    if unit == "degrees":
        return f"{round(number)}°" if error is None else f"{round(number)}° ± {round(error)}°"
    if unit == "seconds":
        return _("%(seconds)s s", seconds=f"{number:g}")
    return f"{number:g}"


def signed(number: float | None, unit: str) -> str:
    """A difference with its sign."""
    if number is None:
        return "–"
    shown = value(abs(number), unit)
    return shown if not number else f"+{shown}" if number > 0 else f"\N{MINUS SIGN}{shown}"


def main(course: Course) -> str:
    """The result in one plain sentence."""
    row, test = course.last, course.what.test
    if test is None:
        said = _MOTIONS.get((row.name, row.side or ""))
        deg = round(row.value)
        if said is None:
            return _("%(what)s: %(deg)d degrees.", what=title(course), deg=deg)
        return str(said) % {"deg": deg}
    seconds = f"{row.value:g}"
    if test.kind == "count":
        return _n(
            "You stood up %(num)d time in %(seconds)d seconds.",
            "You stood up %(num)d times in %(seconds)d seconds.",
            round(row.value), seconds=round(test.seconds),
        )  # fmt: skip
    if test.kind == "time":
        return _("Standing up five times took you %(seconds)s seconds.", seconds=seconds)
    if row.side == "left":
        return _("You stood on your left leg for %(seconds)s seconds.", seconds=seconds)
    return _("You stood on your right leg for %(seconds)s seconds.", seconds=seconds)


def more(course: Course) -> list[str]:
    """What else there is to say to the patient: change, what is usual, and what a low value means."""
    said = [_change(course), _usual(course), _few(course.last)]
    if course.last.at_risk:
        said.append(
            _(
                "People with a number like this fall a little more easily. Training legs and balance helps: talk with "
                "your therapist about it."
            )
        )
    return [sentence for sentence in said if sentence]


def _change(course: Course) -> str:
    row, before = course.last, course.before
    if before is None or row.change is None:
        return ""
    values = {"number": f"{abs(row.change):g}", "day": day_text(before.local_date)}
    if not row.change:
        return _("The same as on %(day)s.", **values)
    better = row.change > 0
    said = {
        ("degrees", True): _("%(number)s degrees further than on %(day)s.", **values),
        ("degrees", False): _("%(number)s degrees less far than on %(day)s.", **values),
        ("repetitions", True): _("%(number)s more than on %(day)s.", **values),
        ("repetitions", False): _("%(number)s fewer than on %(day)s.", **values),
        ("seconds", True): _("%(number)s seconds longer than on %(day)s.", **values),
        ("seconds", False): _("%(number)s seconds less than on %(day)s.", **values),
    }[row.unit, better]
    return " ".join(part for part in (said, _reality(row)) if part)


def _reality(row: AssessmentResult) -> str:
    if row.real is None:
        return ""
    if row.real:
        return _("That is a real change.")
    return _("That little may be chance, so we do not call it a change.")


def _usual(course: Course) -> str:
    row, test = course.last, course.what.test
    if row.norm is None:
        return ""
    usual = value(row.norm, row.unit)
    if test is None:
        if row.norm_of == "adults":
            return _("Healthy adults reach about %(usual)s.", usual=usual)
        return _("Healthy people of your age reach about %(usual)s.", usual=usual)
    if test.band == "below_average":
        return _("Most people of your age reach %(usual)s or more.", usual=usual)
    return _("The average at your age is %(usual)s.", usual=usual)


def _few(row: AssessmentResult) -> str:
    if row.kind == "motion" and row.source == "camera" and len(row.attempts) < 3:
        return _("Fewer than three tries were seen; next time make three.")
    return ""
