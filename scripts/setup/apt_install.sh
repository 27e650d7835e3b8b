#!/bin/sh
# Install Debian packages if we may; otherwise say which ones are needed.
# usage: apt_install.sh WHY PACKAGE...      exit code 1 if they are not there afterwards
why=$1
shift
[ $# -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ]; then
    sudo=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo="sudo -n"
else
    sudo=no
fi

if command -v apt-get >/dev/null && [ "$sudo" != no ]; then
    echo "==> installing $* ($why)"
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends "$@" >/dev/null && exit 0
fi
echo "Missing: $* ($why). Please install: sudo apt-get install $*" >&2
exit 1
