# SPDX-License-Identifier: MIT
# The part of the bench that concerns the linter, beside squawk; for run, whose functions it uses.

# used N COMMAND...: "CPU wall MiB" of the N-th of 2N-1 runs by CPU, after one that warms up.
used() {
  local count=$1; shift
  "$@" > /dev/null 2>&1 || true
  for _ in $(seq "$count"); do
    "$here/usage" "$work/usage" "$@" > "$work/out" 2> "$work/err" || [ $? = 1 ] || cat "$work/err" >&2
    awk '{ printf "%.3f %.3f %.0f\n", $2, $3, $1 / 1024 }' "$work/usage"
  done | sort -n | sed -n "$(((count + 1) / 2))p"
}

# One file with everything, as pg_dump or a team that likes it so has it.
one_file() {
  mkdir -p "$work/one_file"
  cat "$work/lint1000/db/schema"/*.sql "$work/lint4000/db/schema"/00[0-7]*.sql > "$work/whole.sql"
  head -c 2000000 "$work/whole.sql" > "$work/one_file/structure.sql"  # a pipe would fail at its end
}

as_migrations() {
  local file
  for file in "$work"/lint1000/db/schema/*.sql; do
    mv "$file" "$work/lint1000/db/migrations/$(basename "$file" .sql).up.sql"
  done
}

# All files again, one of the 1,000 another than in the last run.
lint_changed() {
  echo "-- $RANDOM" >> "${files[500]}"
  "$confiture" --project "$work/lint1000" lint --format concise
}

bench_lint() {
  local squawk count peer own large files
  squawk=$("$here/squawk")
  for count in 1000 4000; do
    make_project "$work/lint$count"
    "$here/generate_migrations" "$work/lint$count/db/schema" "$count"
  done
  read -ra peer <<< "$(used 5 "$squawk" --reporter gcc "$work"/lint1000/db/schema/*.sql)"
  echo "lint: 1,000 files, $(cat "$work"/lint1000/db/schema/*.sql | wc -c) bytes:" \
    "squawk CPU ${peer[0]} s, wall ${peer[1]} s, ${peer[2]} MiB"
  read -ra own <<< "$(used 5 "$confiture" --project "$work/lint1000" lint --format concise)"
  echo "lint: as a schema: CPU ${own[0]} s, ratio $(ratio "${own[0]}" "${peer[0]}"), wall ${own[1]} s, ${own[2]} MiB"
  files=("$work"/lint1000/db/schema/*.sql)
  echo "lint: one file of 1,000 changed: wall $(milliseconds "$(median 11 lint_changed)") ms"
  read -ra large <<< "$(used 3 "$confiture" --project "$work/lint4000" lint --format concise)"
  echo "lint: 4,000 files: CPU ${large[0]} s, $(ratio "${large[0]}" "${own[0]}") times that of 1,000"
  one_file
  read -ra large <<< "$(used 3 "$confiture" --project "$work/lint1000" lint "$work/one_file/structure.sql")"
  as_migrations
  read -ra own <<< "$(used 5 "$confiture" --project "$work/lint1000" lint --format concise)"
  echo "lint: as migrations: CPU ${own[0]} s, ratio $(ratio "${own[0]}" "${peer[0]}"), wall ${own[1]} s, ${own[2]} MiB"
  echo "lint: one file of 2 MB, terminal format: wall ${large[1]} s"
}
