#!/bin/sh
# Print the folder of a node (20 or later) with npm: the machine's, else the one in the virtual
# environment $1, which is installed there from its PyPI wheel if need be.
set -e
new_enough() {
    command -v "$1/npm" >/dev/null && "$1/node" -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null
}
system=$(command -v node || true)
if [ -n "$system" ] && new_enough "$(dirname "$system")"; then
    dirname "$system"
    exit 0
fi
if ! new_enough "$1/bin"; then
    echo "==> installing node (the machine has none, or an old one)" >&2
    "$1/bin/uv" pip install --python "$1/bin/python" --quiet --require-hashes -r requirements-node.lock >&2
fi
echo "$(cd "$1/bin" && pwd)"
