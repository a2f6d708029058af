# SPDX-License-Identifier: MIT
"""What the tests of the migration engine share: databases, projects, runs of confiture that can be
cut off, psql sessions that stay open, and servers of a test's own. For unittest programs that are
called as `TEST --bin DIR`, with the cluster in CONFITURE_TEST_URL or CONFITURE_TEST_URL_FILE."""
import argparse
import os
import pathlib
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SUPPORT = pathlib.Path(__file__).resolve().parent
HANG_GUARD = 180  # seconds; nothing is measured against it
options = argparse.Namespace()


def main():
    """Runs the caller's tests."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    known, rest = parser.parse_known_args()
    options.confiture = known.bin.resolve() / "confiture"
    options.url = os.environ.get("CONFITURE_TEST_URL") or \
        pathlib.Path(os.environ["CONFITURE_TEST_URL_FILE"]).read_text().strip()
    options.tcp_url = os.environ.get("CONFITURE_TEST_TCP_URL") or \
        pathlib.Path(os.environ["CONFITURE_TEST_URL_FILE"]).with_name("tcp_url").read_text().strip()
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)


def with_database(url, name):
    return url.replace("/postgres?", f"/{name}?") if "?" in url else url.rsplit("/", 1)[0] + "/" + name


def psql(url, *commands):
    """Each command in a transaction of its own; the rows, columns separated by |."""
    words = [word for command in commands for word in ("-c", command)]
    done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", url, *words], check=False,
                          capture_output=True, text=True, timeout=HANG_GUARD)
    if done.returncode:
        raise AssertionError(f"psql failed: {done.stderr}")
    return done.stdout.rstrip("\n")


def dump(url, *arguments):
    """The database as pg_dump writes it, without what differs from dump to dump."""
    done = subprocess.run(["pg_dump", *arguments, url], check=True, capture_output=True, text=True,
                          timeout=HANG_GUARD)
    return re.sub(r"^\\(un)?restrict .*\n", "", done.stdout, flags=re.M)


class Session:
    """A psql that stays connected: a client that holds locks, snapshots and transactions."""

    def __init__(self, url):
        self.process = subprocess.Popen(["psql", "-XAtq", "-v", "VERBOSITY=verbose", url], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, bufsize=1)
        self.waiting = None
        self.pid = int(self.run("SELECT pg_backend_pid();"))

    def run(self, sql):
        """What it prints: rows, or errors."""
        self.send(sql)
        return self.receive()

    def send(self, sql):
        """Without waiting for the end."""
        self.waiting = f"end of {secrets.token_hex(8)}"
        self.process.stdin.write(f"{sql}\n\\echo {self.waiting}\n")
        self.process.stdin.flush()

    def receive(self):
        lines = []
        for line in self.process.stdout:
            if line.rstrip("\n") == self.waiting:
                break
            lines.append(line)
        return "".join(lines).rstrip("\n")

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(HANG_GUARD)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def database_of(url):
    return re.search(r"/([^/?]+)(\?|$)", url)[1]


def address_of(url):
    """The host and the port of a server's URL on a Unix socket."""
    return re.search(r"host=([^&]+)", url)[1], int(re.search(r"port=([0-9]+)", url)[1])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Proxy:
    """Between confiture and a server: a network that can be cut."""

    def __init__(self, url):
        """`url` has host and port of a server on TCP."""
        address = re.search(r"@([^:/]+):([0-9]+)/", url)
        self.server = (address[1], int(address[2]))
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        self.url = url.replace(address[0], f"@127.0.0.1:{port}/")
        self.pairs = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(self.server)
            self.pairs += [client, server]
            for source, target in ((client, server), (server, client)):
                threading.Thread(target=self.forward, args=(source, target), daemon=True).start()

    @staticmethod
    def forward(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass

    def cut(self):
        """Both sides find the connections closed; new ones are refused."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for end in self.pairs:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()


class Case(unittest.TestCase):
    """A test with a folder and databases of its own, which go with it."""
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="confiture-engine."))
        self.folder.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.server, self.tcp = options.url, options.tcp_url
        self.runs = []
        self.addCleanup(lambda: [run.kill() or run.wait() for run in self.runs if run.poll() is None])
        self.version = int(psql(self.server, "SHOW server_version_num")) // 10000

    def database(self, template="template0"):
        """The URL of a new database."""
        name = "t" + secrets.token_hex(6)
        psql(self.server, f"CREATE DATABASE {name} TEMPLATE {template}")
        self.addCleanup(self.drop, self.server, name)
        return with_database(self.server, name)

    @staticmethod
    def drop(server, name):
        psql(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def own_server(self):
        """Another server, which may be ill-treated; from here on `self.server`."""
        self.cluster = self.folder / "cluster"
        server = subprocess.run([SUPPORT / "server", "start", self.cluster], check=True,
                                stdout=subprocess.PIPE, text=True, timeout=HANG_GUARD)
        self.addCleanup(subprocess.run, [SUPPORT / "server", "stop", self.cluster], check=True)
        self.server = server.stdout.strip()
        self.data = pathlib.Path((self.cluster / "sockets").read_text().strip()) / "data"

    def restart_server(self, mode):
        subprocess.run([SUPPORT / "server", "restart", self.cluster, mode], check=True,
                       timeout=HANG_GUARD)

    def project(self, migrations, *environment):
        """A project with those migrations, {"0001_name": up} or {"0001_name": (up, down)}."""
        self.root = self.folder / "project"
        shutil.rmtree(self.root, ignore_errors=True)
        for folder in ("environments", "migrations", "schema"):
            (self.root / "db" / folder).mkdir(parents=True)
        (self.root / "db/confiture.yaml").write_text("{}\n")
        (self.root / "db/environments/local.yaml").write_text(
            "\n".join(['database: { url: "postgresql:///never_used" }', *environment]) + "\n")
        for key, texts in migrations.items():
            for side, text in zip(("up", "down"), (texts,) if isinstance(texts, str) else texts):
                (self.root / f"db/migrations/{key}.{side}.sql").write_text(text)

    def command(self, url, *arguments):
        return [str(options.confiture), "--project", str(self.root), "--database-url", url,
                *arguments]

    def confiture(self, url, *arguments):
        """A run to its end: (status, standard output, standard error)."""
        done = subprocess.run(self.command(url, *arguments), stdin=subprocess.DEVNULL, check=False,
                              capture_output=True, text=True, timeout=HANG_GUARD)
        return done.returncode, done.stdout, done.stderr

    def start(self, url, *arguments):
        """A run that goes on; its output in files of the test's folder."""
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as output:
            process = subprocess.Popen(self.command(url, *arguments), stdin=subprocess.DEVNULL,
                                       stdout=output, stderr=subprocess.STDOUT)
        process.output = pathlib.Path(output.name)
        self.runs.append(process)
        return process

    def finish(self, process):
        """Its status and what it said."""
        status = process.wait(HANG_GUARD)
        return status, process.output.read_text()

    def wait_for(self, sql):
        """Until the query, asked of the maintenance database, answers with true. Fails when the run
        that was started last ends before."""
        asking = subprocess.Popen(["psql", "-Xq", self.server, "-c", f"""DO $$ BEGIN LOOP
            EXIT WHEN ({sql}); PERFORM pg_sleep(0.02); COMMIT;
          END LOOP; END $$"""])
        while asking.poll() is None:
            if self.runs and self.runs[-1].poll() not in (None, -9):
                asking.kill()
                asking.wait()
                self.fail("the run ended: " + self.runs[-1].output.read_text())
            time.sleep(0.01)
        self.assertEqual(asking.returncode, 0)

    def wait_for_statement(self, url, words, state="active"):
        """Until a run of confiture is in a statement with these words in that database."""
        self.wait_for(f"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = "
                      f"'{database_of(url)}' AND application_name LIKE 'confiture/%' "
                      f"AND state = '{state}' AND query LIKE '%{words}%')")

    def history(self, url):
        """What the ledger says is applied, and whether a step is unfinished: "0001 0002"."""
        if psql(url, "SELECT to_regclass('confiture.history') IS NULL") == "t":
            return "no ledger"
        return psql(url, "SELECT coalesce(string_agg(ltrim(version::text, '0'), ' ' ORDER BY version), '') || "
                    "coalesce((SELECT ', in ' || string_agg(version || ' statement ' || statement || ' ' "
                    "|| state, ' ' ORDER BY statement) FROM confiture.run_step), '') "
                    "FROM confiture.history")
