# SPDX-License-Identifier: MIT
# What a person waits for: the wizard's first question, and the audit of years.

bench_review() {
  local url prompt verify append
  url=$("$root/tests/support/server" start "$work/review_server")
  make_project "$work/review"
  echo "database: { url: \"$url\" }" > "$work/review/db/environments/local.yaml"
  echo 'CREATE TABLE t (id int PRIMARY KEY, note text);' > "$work/review/db/migrations/0001_t.up.sql"
  "$confiture" --project "$work/review" migrate up -q > /dev/null
  echo 'ALTER TABLE t DROP COLUMN note;' > "$work/review/db/migrations/0002_note.up.sql"
  prompt=$(for _ in $(seq 11); do
    "$here/prompt" "$confiture" --project "$work/review" migrate wizard
  done | sort -n | sed -n 6p)
  append=$(seconds psql -qXAt "$url" -c "SELECT count(confiture.append_audit('hook.test',
    '{\"duration_ms\":12.5,\"name\":\"customers\",\"version\":\"0001\"}', 'alice', 'host', '1.0.0', 'production',
    NULL, repeat('a', 64))) FROM generate_series(1, 10000)")
  verify=$(median 5 "$confiture" --project "$work/review" audit verify)
  "$root/tests/support/server" stop "$work/review_server"
  echo "review: the wizard's first question after $(milliseconds "$prompt") ms; 10,000 entries of the audit" \
    "written in $append s, verified in $verify s"
}
