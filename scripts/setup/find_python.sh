#!/bin/sh
# Print the first Python that is new enough (3.11 or later), or say what is missing.
for candidate in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11 python3.14; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "$candidate"
        exit 0
    fi
done
echo "Python 3.11 or later is needed and was not found; install it, or say where it is: make run PYTHON=/path/to/python3" >&2
exit 1
