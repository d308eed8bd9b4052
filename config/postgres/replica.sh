#!/usr/bin/env bash
# A streaming replica: copies the primary once, then follows it. Reads PGHOST, PGUSER and PGPASSWORD of the primary.
set -euo pipefail

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    # A copy that was interrupted is begun anew.
    find "$PGDATA" -mindepth 1 -delete
    until pg_basebackup --pgdata "$PGDATA" --write-recovery-conf --wal-method stream \
        --create-slot --slot "$REPLICA_SLOT" --checkpoint fast; do
        # A slot that an interrupted copy has left behind.
        psql --dbname postgres -c "select pg_drop_replication_slot('$REPLICA_SLOT')" || true
        find "$PGDATA" -mindepth 1 -delete
        echo "the primary does not answer yet" >&2
        sleep 2
    done
    chmod 700 "$PGDATA"
fi
exec postgres "$@"
