#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every way to say where a database is and how to get in: URL, keywords, libpq's service, variables
and password file, and each TLS mode with a server that is who it says it is, or is not."""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

WHO = ("CREATE TABLE who AS SELECT ssl, coalesce(client_dn, '-') AS client, session_user AS role "
       "FROM pg_stat_ssl WHERE pid = pg_backend_pid();\n")
PASSWORD = "test-password"  # of tests/support/server


class Case(engine.Case):
    def prepare(self):
        self.project({"0001_who": WHO})
        self.url = self.database()
        self.name = engine.database_of(self.url)
        self.port = self.tcp.rsplit(":", 1)[1].split("/")[0]
        self.home = self.folder / "home"
        self.home.mkdir(exist_ok=True)
        self.variables = {}

    def environment(self, database):
        (self.root / "db/environments/local.yaml").write_text(f"database: {database}\n")

    def up(self):
        variables = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        done = subprocess.run(
            [engine.options.confiture, "--project", self.root, "migrate", "up", "-q"], check=False,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=engine.HANG_GUARD,
            env=variables | {"HOME": str(self.home)} | self.variables)
        self.assertNotIn(PASSWORD, done.stdout + done.stderr)
        return done.returncode, done.stderr

    def gets_in(self, tls="f", client="-", role="postgres"):
        """It connects so; what it has done is taken back."""
        self.assertEqual(self.up(), (0, ""))
        self.assertEqual(engine.psql(self.url, "SELECT * FROM who"), f"{tls}|{client}|{role}")
        engine.psql(self.url, "DROP SCHEMA confiture CASCADE", "DROP TABLE who")

    def is_refused(self, code, reason, hint=""):
        status, errors = self.up()
        self.assertEqual(status, 3, errors)
        self.assertIn(f"error[{code}]: ", errors)
        self.assertIn(reason, errors)
        self.assertIn(hint, errors)


class Addresses(Case):
    def setUp(self):
        super().setUp()
        self.prepare()

    def test_url(self):
        self.environment(f'{{ url: "postgresql://postgres:{PASSWORD}@127.0.0.1:{self.port}/{self.name}" }}')
        self.gets_in()
        self.environment("{ env: DATABASE_URL }")
        self.variables = {"DATABASE_URL": f"postgresql://postgres:{PASSWORD}@127.0.0.1:{self.port}/{self.name}"}
        self.gets_in()
        # As libpq's keywords in one string, and with several hosts.
        self.variables["DATABASE_URL"] = f"host=127.0.0.1 port={self.port} dbname={self.name} user=postgres password={PASSWORD}"
        self.gets_in()
        self.variables["DATABASE_URL"] = f"postgresql://postgres:{PASSWORD}@127.0.0.1:1,127.0.0.1:{self.port}/{self.name}"
        self.gets_in()

    def test_keywords(self):
        self.environment(f"{{ host: 127.0.0.1, port: {self.port}, dbname: {self.name}, user: postgres, "
                         "password: { env: DATABASE_PASSWORD } }")
        self.variables = {"DATABASE_PASSWORD": PASSWORD}
        self.gets_in()
        (self.folder / "password").write_text(PASSWORD + "\n")
        (self.folder / "password").chmod(0o600)
        self.environment(f"{{ host: 127.0.0.1, port: {self.port}, dbname: {self.name}, user: postgres, "
                         f"password: {{ file: {self.folder}/password }} }}")
        self.gets_in()

    def test_variables(self):
        self.environment('{ url: "postgresql://" }')
        self.variables = {"PGHOST": "127.0.0.1", "PGPORT": self.port, "PGDATABASE": self.name,
                          "PGUSER": "postgres", "PGPASSWORD": PASSWORD}
        self.gets_in()
        del self.variables["PGPASSWORD"]
        self.is_refused("postgres.authentication", "the server asks for a password, and none was given")

    def test_service(self):
        section = f"[shop]\nhost=127.0.0.1\nport={self.port}\ndbname={self.name}\nuser=postgres\npassword={PASSWORD}\n"
        (self.home / ".pg_service.conf").write_text(section)
        self.environment("{ service: shop }")
        self.gets_in()
        (self.home / ".pg_service.conf").rename(self.folder / "services")
        self.variables = {"PGSERVICEFILE": str(self.folder / "services")}
        self.gets_in()
        self.environment('{ url: "postgresql://" }')
        self.variables["PGSERVICE"] = "shop"
        self.gets_in()

    def test_password_file(self):
        self.environment(f'{{ url: "postgresql://postgres@127.0.0.1:{self.port}/{self.name}" }}')
        file = self.home / ".pgpass"
        file.write_text(f"127.0.0.1:{self.port}:*:postgres:{PASSWORD}\n")
        file.chmod(0o600)
        self.gets_in()
        file.rename(self.folder / "passwords")
        self.variables = {"PGPASSFILE": str(self.folder / "passwords")}
        self.gets_in()
        self.variables = {}
        self.environment(f"{{ host: 127.0.0.1, port: {self.port}, dbname: {self.name}, user: postgres, "
                         f"passfile: {self.folder}/passwords }}")
        self.gets_in()
        (self.folder / "passwords").write_text(f"127.0.0.1:{self.port}:*:postgres:wrong\n")
        self.is_refused("postgres.authentication", 'password authentication failed for user "postgres"')
        # libpq does not read what others can read.
        (self.folder / "passwords").write_text(f"127.0.0.1:{self.port}:*:postgres:{PASSWORD}\n")
        (self.folder / "passwords").chmod(0o644)
        self.is_refused("postgres.authentication", "the server asks for a password, and none was given")


TLS_HINT = "hint: the server is there; see what 'sslmode' and 'sslrootcert' ask of it\n"


class Tls(Case):
    def openssl(self, *words):
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=self.folder)

    def certificate(self, name, authority, subject, *extensions):
        """A key and a certificate of that authority."""
        self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                     "-subj", subject, "-keyout", f"{name}.key", "-out", f"{name}.csr")
        (self.folder / f"{name}.ext").write_text("\n".join(extensions))
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.crt", "-CAkey", f"{authority}.key",
                     "-CAcreateserial", "-days", "2", "-extfile", f"{name}.ext", "-out", f"{name}.crt")
        (self.folder / f"{name}.key").chmod(0o600)

    def authority(self, name):
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                     "-days", "2", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.crt")

    def into_server(self, name, text):
        """A file in the server's folder, its own and nobody else's."""
        (self.data / name).write_text(text)
        owner = self.data.stat()
        if os.getuid() == 0:
            os.chown(self.data / name, owner.st_uid, owner.st_gid)
        (self.data / name).chmod(0o600)

    def setUp(self):
        super().setUp()
        self.own_server()
        self.tcp = (self.cluster / "tcp_url").read_text().strip()
        self.authority("authority")
        self.authority("stranger")
        self.certificate("server", "authority", "/CN=localhost", "subjectAltName=DNS:localhost")
        self.certificate("client", "authority", "/CN=ada")
        for file in ("server.crt", "server.key", "authority.crt"):
            self.into_server(file, (self.folder / file).read_text())
        engine.psql(self.server, "ALTER SYSTEM SET ssl = on", "ALTER SYSTEM SET ssl_ca_file = 'authority.crt'",
                    "CREATE ROLE ada LOGIN SUPERUSER")
        self.into_server("pg_hba.conf", "local all all trust\nhostssl all ada all cert\n"
                         "host all all all scram-sha-256\n")
        self.restart_server("fast")
        self.prepare()

    def mode(self, mode, host="localhost", root="authority", role="postgres", **more):
        keywords = {"host": host, "port": self.port, "dbname": self.name, "user": role, "sslmode": mode, **more}
        if root:
            keywords["sslrootcert"] = self.folder / f"{root}.crt"
        if role == "postgres":
            keywords["password"] = "{ env: DATABASE_PASSWORD }"
        self.variables = {"DATABASE_PASSWORD": PASSWORD}
        self.environment("{ " + ", ".join(f"{key}: {value}" for key, value in keywords.items()) + " }")

    def test_modes(self):
        for mode, root, tls in (("disable", "", "f"), ("allow", "", "f"), ("prefer", "", "t"), ("require", "", "t"),
                                ("verify-ca", "authority", "t"), ("verify-full", "authority", "t")):
            with self.subTest(mode):
                self.mode(mode, root=root)
                self.gets_in(tls)

    def test_a_server_that_is_not_who_it_says(self):
        for mode in ("verify-ca", "verify-full"):
            self.mode(mode, root="stranger")
            self.is_refused("postgres.unreachable", "certificate verify failed", TLS_HINT)
        self.mode("verify-ca", host="127.0.0.1")
        self.gets_in("t")
        self.mode("verify-full", host="127.0.0.1")
        self.is_refused("postgres.unreachable", 'does not match host name "127.0.0.1"', TLS_HINT)

    def test_in_a_url_and_in_variables(self):
        self.environment(f'{{ url: "postgresql://postgres:{PASSWORD}@localhost:{self.port}/{self.name}'
                         f'?sslmode=verify-full&sslrootcert={self.folder}/stranger.crt" }}')
        self.variables = {}
        self.is_refused("postgres.unreachable", "certificate verify failed", TLS_HINT)
        self.environment(f'{{ url: "postgresql://postgres:{PASSWORD}@localhost:{self.port}/{self.name}" }}')
        self.variables = {"PGSSLMODE": "verify-full", "PGSSLROOTCERT": str(self.folder / "authority.crt")}
        self.gets_in("t")

    def test_a_certificate_in_the_place_of_a_password(self):
        self.mode("verify-full", role="ada", sslcert=self.folder / "client.crt", sslkey=self.folder / "client.key")
        self.gets_in("t", "/CN=ada", "ada")
        self.mode("verify-full", role="ada")
        self.is_refused("postgres.authentication", "connection requires a valid client certificate")

    def test_a_server_without_tls(self):
        engine.psql(self.server, "ALTER SYSTEM SET ssl = off")
        self.restart_server("fast")
        self.mode("require", root="")
        self.is_refused("postgres.unreachable", "server does not support SSL, but SSL was required", TLS_HINT)
        self.mode("prefer", root="")
        self.gets_in("f")


if __name__ == "__main__":
    engine.main()
