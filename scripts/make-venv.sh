#!/bin/bash
# Makes the virtual environment with Python 3.11, under whichever name this machine has it.
set -eu
for candidate in python3.11 python3 python; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
        echo "Making the virtual environment with $("$candidate" --version) ..."
        exec "$candidate" -m venv "$1"
    fi
done
echo "Python 3.11 with its venv module is needed and was not found." >&2
echo "On Debian 12: apt-get install python3.11 python3.11-venv" >&2
exit 1
