#!/bin/sh
# Make the virtual environment $1 with pip in it.
set -e
here=$(dirname "$0")
python=$("$here/find_python.sh")
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    # Debian splits these two off its python3
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$here/apt_install.sh" "virtual environments for Python" "python$version-venv"
fi
[ -x "$1/bin/python" ] || { echo "==> making $1 with $("$python" --version)" && "$python" -m venv "$1"; }
