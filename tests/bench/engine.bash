# SPDX-License-Identifier: MIT
# The parts of the bench that concern migrations and hooks; for run, whose functions they use.

# make_migrations DIR N: small ones, as they are written day by day.
make_migrations() {
  make_project "$1"
  echo "database: { url: \"$url\" }" > "$1/db/environments/local.yaml"
  awk -v dir="$1/db/migrations" -v count="$2" 'BEGIN {
    for (i = 1; i <= count; i++) {
      up = sprintf("%s/%05d_step.up.sql", dir, i)
      printf "CREATE TABLE table_%d (id bigint PRIMARY KEY, name text NOT NULL);\n", i > up
      printf "COMMENT ON TABLE table_%d IS '"'"'made by step %d'"'"';\n", i, i > up
      close(up)
      down = sprintf("%s/%05d_step.down.sql", dir, i)
      printf "DROP TABLE table_%d;\n", i > down
      close(down)
    }
  }'
}

fresh_database() { psql -X -q -d "$server" -c 'DROP DATABASE IF EXISTS bench' -c 'CREATE DATABASE bench'; }

migrate_by_psql() {
  local file
  for file in "$work"/migrate/db/migrations/*.up.sql; do
    psql -X -q -v ON_ERROR_STOP=1 --single-transaction -f "$file" "$url"
  done
}

bench_migrate() {
  local peer own status
  server=$("$root/tests/support/server" start "$work/server")
  url=${server/\/postgres\?//bench?}
  make_migrations "$work/migrate" 1000
  fresh_database; peer=$(seconds migrate_by_psql)
  fresh_database; own=$(seconds "$confiture" --project "$work/migrate" migrate up -q)
  echo "migrate: 1,000 migrations: psql -f each $peer s, migrate up $own s, ratio $(ratio "$own" "$peer")"
  make_migrations "$work/status" 5000
  fresh_database
  "$confiture" --project "$work/status" migrate baseline --through 5000 > /dev/null
  status=$(median 7 "$confiture" --project "$work/status" migrate status --format json)
  echo "migrate: status with 5,000 applied $(milliseconds "$status") ms"
  "$root/tests/support/server" stop "$work/server"
}

bench_hooks() {
  echo "hooks: $("$build/bin/bench_hook_calls") us a call, over 10,000 calls"
}
