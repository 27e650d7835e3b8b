"""The therapist's rooms: who needs me, a patient's program and targets, how their sessions went."""

from webapp.therapist import (
    agreement_routes,
    messages,
    program_routes,
    routes,
    session_routes,
)
from webapp.therapist.blueprint import blueprint

__all__ = [
    "agreement_routes",
    "blueprint",
    "messages",
    "program_routes",
    "routes",
    "session_routes",
]
