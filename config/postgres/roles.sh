#!/usr/bin/env bash
# Run by PostgreSQL's image when it makes a new cluster: the roles of Odoo and, if it has a password, of the replica.
set -euo pipefail

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres -v password="$ODOO_DB_PASSWORD" <<'SQL'
create role odoo login createdb password :'password';
SQL

if [ -n "${REPLICA_PASSWORD:-}" ]; then
    psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres -v password="$REPLICA_PASSWORD" <<'SQL'
create role replica login replication password :'password';
SQL
    echo "host replication replica all scram-sha-256" >> "$PGDATA/pg_hba.conf"
fi
