"""The clinic's blueprint, which every module of routes in this room registers on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("clinic", __name__, template_folder="templates", url_prefix="/clinic")
