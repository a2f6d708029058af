# SPDX-License-Identifier: MIT
# What the commands of a transcript may use beside confiture.

# newdb NAME: makes a database in the test cluster and prints its URL; url NAME: prints it again.
newdb() {
  psql -qX "$CONFITURE_TEST_URL" -c "CREATE DATABASE \"$DATABASE_PREFIX$1\" TEMPLATE template0"
  echo "$DATABASE_PREFIX$1" >> "$SCRATCH/databases"
  url "$1"
}
url() { echo "${CONFITURE_TEST_URL/\/postgres\?//$DATABASE_PREFIX$1?}"; }

# psqlc URL SQL: the rows, columns separated by |.
psqlc() { psql -qXAt -v ON_ERROR_STOP=1 "$1" -c "$2"; }

# pretty: the JSON on standard input with one value a line.
pretty() { python3 -m json.tool --no-ensure-ascii; }

# environment NAME URL [LINE...]: writes db/environments/NAME.yaml.
environment() {
  { echo "database: { url: \"$2\" }"; shift 2; printf '%s\n' "$@"; } > "db/environments/$1.yaml"
}

# people NAME...: makes a home with an SSH key for each; as NAME COMMAND...: in that home; public_key NAME.
people() {
  local who
  for who in "$@"; do
    mkdir -p "$SCRATCH/home/$who/.ssh"
    ssh-keygen -q -t ed25519 -N '' -C "$who" -f "$SCRATCH/home/$who/.ssh/id_ed25519"
  done
}
as() { local who=$1; HOME=$SCRATCH/home/$who "${@:2}"; }
public_key() { cut -d ' ' -f 1,2 "$SCRATCH/home/$1/.ssh/id_ed25519.pub"; }

# plan_hash ENVIRONMENT: of what is pending there.
plan_hash() { confiture migrate plan -e "$1" --format json | python3 -c 'import json, sys; print(json.load(sys.stdin)["plan_hash"])'; }

# fake http|smtp NAME [ARGUMENT]: starts a server of that kind, which logs to $SCRATCH/NAME.log and ends with
# the transcript; prints its port. See fake_http and fake_smtp beside this file.
fake() {
  mkfifo "$SCRATCH/$2.port"
  "$SOURCE/tests/support/fake_$1" "$SCRATCH/$2.log" "${@:3}" > "$SCRATCH/$2.port" 2> "$SCRATCH/$2.errors" < /dev/null &
  head -n 1 "$SCRATCH/$2.port"
}

# dump NAME [OPTION...]: a database of newdb as SQL, without what differs from dump to dump.
dump() { pg_dump "${@:2}" "$(url "$1")" | sed -E '/^\\(un)?restrict /d'; }

# remember: keeps a dump of every database; unchanged: compares them with that. That a run was tried may be noted.
remember() {
  local name
  while read -r name; do
    name=${name#"$DATABASE_PREFIX"}
    dump "$name" --exclude-table-data=confiture.run --exclude-table-data='confiture.audit*' > "$SCRATCH/$name.sql"
  done < "$SCRATCH/databases"
}
unchanged() {
  local name
  while read -r name; do
    name=${name#"$DATABASE_PREFIX"}
    dump "$name" --exclude-table-data=confiture.run --exclude-table-data='confiture.audit*' | diff "$SCRATCH/$name.sql" - || { echo "$name has changed"; return 1; }
    echo "$name is unchanged"
  done < "$SCRATCH/databases"
}
