"""The blueprint of getting in and out, which every module of routes in this room registers on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("auth", __name__, template_folder="templates")
