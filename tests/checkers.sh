#!/bin/sh
# Install what judges the portal's pages in tests (axe-core, the Nu HTML checker, Lighthouse) into the folder $1,
# from the lock beside $2, where npm and Java are there; elsewhere the tests that need them skip and say so.
set -eu
to=$1 lock=$2
cmp -s "$lock/package-lock.json" "$to/package-lock.json" && exit 0
if ! command -v npm >/dev/null 2>&1; then
    echo "No npm: the tests of accessibility and of HTML will skip"
    exit 0
fi
echo "Installing axe-core, the Nu HTML checker and Lighthouse for the tests (once)"
mkdir -p "$to"
cp "$lock/package.json" "$lock/.npmrc" "$to/"
cp "$lock/package-lock.json" "$to/lock.json"
(cd "$to" && cp lock.json package-lock.json && npm ci --silent >/dev/null 2>&1) \
    || { rm -f "$to/package-lock.json"; echo "They could not be installed; those tests will skip"; }
command -v java >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless; } >/dev/null 2>&1 \
        || echo "Java could not be installed; the test with the Nu HTML checker will skip"
fi
exit 0
