#!/bin/sh
# Install Debian's Chromium for the browser tests where that is possible; elsewhere the tests skip and say so.
command -v chromium >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Debian's Chromium for the browser tests (once)"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 \
        || echo "Chromium could not be installed; the browser tests will skip"
else
    echo "No Chromium and no way to install it here; the browser tests will skip"
fi
exit 0
