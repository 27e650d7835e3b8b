"""The therapist's rooms: who needs me, a patient's program and targets, how their sessions went."""

from webapp.therapist import assessments, program_routes, routes, session_routes, told
from webapp.therapist.blueprint import blueprint

__all__ = ["assessments", "blueprint", "program_routes", "routes", "session_routes", "told"]
