"""The blueprint of joining, which every module of routes in this room registers on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("joining", __name__, template_folder="templates")
