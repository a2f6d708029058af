CREATE SCHEMA app; CREATE EXTENSION citext;
CREATE TYPE app.state AS ENUM ('new', 'done');
CREATE DOMAIN app.email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE app.customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail app.email UNIQUE,
  state app.state DEFAULT 'new', amount numeric(12, 2) CHECK (amount > 0), "Größe" int[] COLLATE "C");
CREATE TABLE app.orders (id serial PRIMARY KEY, customer_id bigint REFERENCES app.customer (id) ON DELETE CASCADE,
  EXCLUDE USING gist (id WITH =)) PARTITION BY RANGE (id);
CREATE TABLE app.orders_1 PARTITION OF app.orders FOR VALUES FROM (1) TO (10);
CREATE TABLE child (LIKE app.customer INCLUDING ALL) INHERITS (app.customer);
CREATE INDEX ON app.customer USING btree (lower(mail) DESC NULLS LAST) INCLUDE (id) WHERE state = 'new';
CREATE VIEW v AS SELECT c.*, o.id AS o FROM app.customer c JOIN app.orders o ON o.customer_id = c.id;
CREATE MATERIALIZED VIEW m AS SELECT * FROM v; COMMENT ON COLUMN app.customer.mail IS 'where';
GRANT SELECT (id), INSERT ON app.customer TO PUBLIC WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES IN SCHEMA app REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
CREATE POLICY p ON app.customer FOR SELECT TO a USING (id = 1) WITH CHECK (true);
CREATE SEQUENCE s START 5 OWNED BY app.customer.id; CREATE ROLE r LOGIN; CREATE PUBLICATION pub FOR ALL TABLES;
CREATE RULE u AS ON UPDATE TO v DO INSTEAD (SELECT 1; SELECT 2); SECURITY LABEL ON TABLE v IS 'x';
