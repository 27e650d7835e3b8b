#!/bin/sh
# See to it that the browser tests find a Chromium. Without one they are skipped, and say so.
for browser in "${COACH_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$browser" ] && command -v "$browser" >/dev/null && exit 0
done
[ -d "/Applications/Google Chrome.app" ] && exit 0
"$(dirname "$0")/apt_install.sh" "for the browser tests" chromium ||
    echo "Without Chromium the browser tests are skipped; COACH_CHROMIUM=/path/to/chrome names one." >&2
exit 0
