"""What pain means for exercise: go on, go gently, or stop and ask.

The zones follow what physiotherapy clinics use (CLINICAL: 0-3 green, 4-5 amber, 6-10 red; back to before by the next
morning): the pain-monitoring model of Thomeé and Silbernagel, as clinics print it. A clinic may set its own numbers
(`webapp.store.clinic_settings`). They are a rule for the patient's page and the therapist's list, never a diagnosis.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec

Zone = Literal["green", "amber", "red"]
Cut = Annotated[int, msgspec.Meta(ge=1, le=10)]

#: A morning that hurts this much more than before the exercise is worse (NPRS: a change of 2 counts).
MORNING_POINTS: Final = 2


class PainRule(msgspec.Struct, frozen=True):
    """From which pain (0 to 10) on to go gently, and from which on to stop and ask."""

    amber: Cut = 4
    red: Cut = 6

    def zone(self, pain: int) -> Zone:
        """The zone of a pain."""
        return "red" if pain >= self.red else "amber" if pain >= self.amber else "green"


USUAL: Final = PainRule()


def worse_by(before: int | None, morning: int, since: str) -> int | None:
    """How much more it hurts the morning after than before the exercise, in points; None where nobody knows.

    The patient's own word (`since`) counts as much as the numbers: who says "worse" is worse.
    """
    more = None if before is None else morning - before
    return max(more or 0, MORNING_POINTS) if since == "worse" else more
