#!/usr/bin/env bash
# Roles and a table in plaintext. Does nothing where the table exists.
set -euo pipefail
export PGPASSWORD="$POSTGRES_PASSWORD"
psql -X -v ON_ERROR_STOP=1 -h postgres -U postgres -d shop \
    -v service="$SEALWIRE_PASSWORD" -v roles="$ROLES_PASSWORD" -f /deploy/seed.sql
