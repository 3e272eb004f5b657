#!/bin/sh
# Put the archives' own tools into an environment of their own, once; where that fails their tests skip and say so.
# usage: tests/pywb.sh FOLDER LOCK
[ -x "$1/bin/wayback" ] && exit 0
echo "Installing pywb for the tests of archives (once, about a minute)"
"$PYTHON" -m venv "$1" \
    && "$1/bin/python" -m pip --disable-pip-version-check -qq install --no-deps --require-hashes -r "$2" \
    || { rm -rf "$1"; echo "pywb could not be installed; the tests that need it will skip"; }
exit 0
