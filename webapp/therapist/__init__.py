"""The therapist's rooms: who needs me, a patient's program and targets, how their sessions went, who is invited."""

from webapp.therapist import (
    agreement_routes,
    invitations,
    messages,
    program_routes,
    routes,
    session_routes,
    told,
)
from webapp.therapist.blueprint import blueprint

__all__ = [
    "agreement_routes",
    "blueprint",
    "invitations",
    "messages",
    "program_routes",
    "routes",
    "session_routes",
    "told",
]
