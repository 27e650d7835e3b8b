"""An exercise out of what a therapist shows once: learned apart from the web process, looked at, corrected, checked."""
