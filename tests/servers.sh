#!/bin/sh
# Install Debian's PostgreSQL and Redis for the tests of Dagster on several machines, where that is possible;
# elsewhere the tests skip and say so. No service is started: each test starts its own, and ends it.
has_postgres() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; }
has_postgres && command -v redis-server >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Debian's PostgreSQL and Redis for the tests of several machines (once)"
    # RUNLEVEL=1 keeps invoke-rc.d from starting services.
    { apt-get update -qq && mkdir -p /etc/postgresql-common \
        && echo 'create_main_cluster = false' >> /etc/postgresql-common/createcluster.conf \
        && RUNLEVEL=1 apt-get install -y -qq --no-install-recommends postgresql redis-server; } >/dev/null 2>&1 \
        || echo "PostgreSQL or Redis could not be installed; the tests that need them will skip"
else
    echo "No PostgreSQL or no Redis, and no way to install them here; the tests that need them will skip"
fi
exit 0
