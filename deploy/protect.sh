#!/usr/bin/env bash
# Key, schema, backup, protection. Does nothing where it has been done.
set -euo pipefail
if [ -e /keys/protected ]; then
    exit 0
fi
rules=/etc/sealwire/rules
owner="postgresql://postgres:${POSTGRES_PASSWORD}@postgres:5432/shop"
umask 077
printf '%s\n' "$SEALWIRE_PASSWORD" >/keys/service-password
[ -e /keys/root.key ] || sealwire keys init --rules "$rules"
sealwire init --rules "$rules" --upstream "$owner"
[ -e /keys/root.backup ] || sealwire keys backup --rules "$rules" /keys/root.backup
sealwire protect --rules "$rules" --upstream "$owner" public.customers
touch /keys/protected
