"""The therapist's rooms: who needs me, a patient's program and targets, how their sessions went, who is invited."""

from webapp.therapist import (
    agreement_routes,
    assessments,
    attention_routes,
    invitations,
    library_routes,
    messages,
    movement_routes,
    program_routes,
    proposal_routes,
    routes,
    session_routes,
    told,
    video_routes,
)
from webapp.therapist.blueprint import blueprint

__all__ = [
    "agreement_routes",
    "assessments",
    "attention_routes",
    "blueprint",
    "invitations",
    "library_routes",
    "messages",
    "movement_routes",
    "program_routes",
    "proposal_routes",
    "routes",
    "session_routes",
    "told",
    "video_routes",
]
