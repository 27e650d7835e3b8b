"""The therapist's blueprint, which every module of routes in this room registers on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("therapist", __name__, template_folder="templates", url_prefix="/patients")
