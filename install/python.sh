#!/bin/sh
# Runs the first Python here that is 3.11 or newer and can make an environment.
for python in python3.11 python3 python3.12 python3.13 python3.14; do
    if "$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
    then
        exec "$python" "$@"
    fi
done
exit 1
