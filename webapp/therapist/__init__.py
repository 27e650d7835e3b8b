"""The therapist's rooms: who needs me, a patient's program and targets, how their sessions went."""

from webapp.therapist.routes import blueprint

__all__ = ["blueprint"]
