"""Who is in the demo clinic, and how they exercise."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.store.grants import NewHelper
from webapp.store.plans import EVERY_DAY
from webapp.store.tables import Role

CLINIC = "Riverside Physiotherapy (demo)"


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff. `role_login`: whether the one-click login of their role is theirs."""

    name: str
    role: Role
    role_login: bool = True


@dataclass(frozen=True, slots=True)
class Measured:
    """An assessment over the weeks: pairs of days ago and value. `error` makes it a camera's, else it is by hand."""

    name: str
    side: str | None
    values: tuple[tuple[int, float], ...]
    error: float | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient and their habits over the past weeks.

    `keen`: the chance of a session on any day. `reach`: share of the target reached at first and at the end.
    `slips`: the chance of a fault in a repetition. `quiet_days`: days since they last did anything. `pain`: 0 to 10
    at first. `sure`: how sure they are that it helps. `cautions`: ids of what is to be minded with them.
    """

    name: str
    birth_year: int
    timezone: str
    therapist: int
    exercises: tuple[str, ...]
    keen: float
    reach: tuple[float, float]
    slips: float = 0.06
    quiet_days: int = 0
    pain_last: bool = False
    pain: float = 2.0
    sure: int = 7
    goal: str = ""
    cautions: tuple[str, ...] = ()
    story: str = ""
    #: Days of the week on which they are to exercise, and do.
    weekdays: tuple[int, ...] = EVERY_DAY
    #: Share of the target lost again in the last week.
    setback: float = 0.0
    #: The last day of the program lies so many days back.
    ended_days: int | None = None
    #: Invited so many days ago, and never came.
    invited_days: int | None = None
    sex: str = "unknown"
    measured: tuple[Measured, ...] = ()


STAFF = (
    Staff("Hanna Berg", "therapist"),
    Staff("Luis Moreno", "therapist", role_login=False),
    Staff("Ruth Okafor", "clinic"),
)

#: Helps the first patient; has not got in yet.
HELPER = NewHelper("Nils Lindqvist", 1986, "child", "help")

#: The first patient is the one behind the one-click login.
PATIENTS = (
    Patient(
        "Ada Lindqvist", 1958, "Europe/Stockholm", 0,
        ("squat", "sit_to_stand", "seated_knee_extension", "glute_bridge"),
        keen=0.75, reach=(0.78, 1.03), quiet_days=1, pain=4.0, sure=8,
        goal="Climb the stairs to my flat without holding on.", cautions=("new_knee", "falls"),
        story="New knee in autumn; getting better week by week.", sex="female",
        measured=(
            Measured("knee_flexion", "right", ((55, 88), (41, 97), (28, 103), (14, 112), (2, 118)), error=8),
            Measured("knee_flexion", "left", ((55, 131), (2, 133)), error=8),
            Measured("knee_extension", "right", ((54, 14), (26, 8), (3, 6)), by_hand=True),
            Measured("chair_stand_30s", None, ((50, 7), (29, 9), (2, 12))),
            Measured("five_times_sit_to_stand", None, ((50, 17.2), (15, 12.6))),
        ),
    ),
    Patient(
        "Bruno Castell", 1971, "Europe/Madrid", 0, ("shoulder_abduction", "biceps_curl"),
        keen=0.6, reach=(0.62, 0.74), quiet_days=1, invited_days=1, sex="male",
        story="Stiff shoulder, far from the target.",
        measured=(Measured("shoulder_abduction", "left", ((40, 82), (12, 87)), error=8),),
    ),
    Patient(
        "Clara Anand", 1984, "Europe/London", 0, ("hip_abduction", "squat", "glute_bridge"),
        keen=0.65, reach=(0.85, 0.97), quiet_days=12, sure=3, story="Stopped exercising.",
    ),
    Patient(
        "Dora Meier", 1990, "Europe/Berlin", 0, ("push_up", "plank", "squat"),
        keen=0.8, reach=(0.95, 1.06), slips=0.04, quiet_days=0, story="Doing well.",
    ),
    Patient(
        "Emil Novak", 1965, "Europe/Prague", 1, ("glute_bridge", "hip_abduction"),
        keen=0.55, reach=(0.84, 0.95), quiet_days=2, pain_last=True, story="Stopped the last session because of pain.",
    ),
    Patient(
        "Farah Haddad", 1979, "Europe/Paris", 1, ("squat", "biceps_curl", "plank"),
        keen=0.6, reach=(0.96, 1.02), slips=0.62, quiet_days=1, story="Reaches the target, but the form suffers.",
    ),
    Patient(
        "Greta Olsen", 1962, "Europe/Oslo", 0, ("mini_squat", "seated_knee_extension"),
        keen=0.9, reach=(0.9, 1.0), quiet_days=1, pain_last=True, setback=0.3, weekdays=(0, 1, 2, 3, 4, 5, 6),
        story="Was well on the way; a swollen knee since last week.",
    ),
    Patient(
        "Hugo Brandt", 1975, "Europe/Berlin", 0, (), keen=0.0, reach=(0.0, 0.0), invited_days=5,
        story="Invited, and has not come in; no program yet.",
    ),
    Patient(
        "Ines Ferreira", 1988, "Europe/Lisbon", 0, ("shoulder_flexion", "external_rotation"),
        keen=0.8, reach=(0.95, 1.04), quiet_days=3, ended_days=2, story="The program is over.",
    ),
    Patient(
        "Jonas Weber", 1949, "Europe/Berlin", 0, ("sit_to_stand", "heel_raise"),
        keen=0.95, reach=(1.0, 1.08), slips=0.0, quiet_days=1, story="Everything is easy: time for the next step.",
    ),
)  # fmt: skip
