"""The therapist's rooms: who needs me, a patient's program and targets, how their sessions went."""

from webapp.therapist import (
    attention_routes,
    library_routes,
    program_routes,
    proposal_routes,
    routes,
    session_routes,
)
from webapp.therapist.blueprint import blueprint

__all__ = [
    "attention_routes",
    "blueprint",
    "library_routes",
    "program_routes",
    "proposal_routes",
    "routes",
    "session_routes",
]
