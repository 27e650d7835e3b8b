"""What pain means for exercise: go on, go gently, or stop and ask.

The zones follow what physiotherapy clinics use (CLINICAL: 0-3 green, 4-5 amber, 6-10 red; back to before by the next
morning). They are a rule for the patient's page and the therapist's list, never a diagnosis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Zone = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True)
class PainRule:
    """From which pain (0 to 10) on to go gently, and from which on to stop and ask."""

    amber: int = 4
    red: int = 6

    def zone(self, pain: int) -> Zone:
        """The zone of a pain."""
        return "red" if pain >= self.red else "amber" if pain >= self.amber else "green"


USUAL: Final = PainRule()
