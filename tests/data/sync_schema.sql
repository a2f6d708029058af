-- What makes a copy hard, on a small scale: identity, generated and dropped columns, domains, enums,
-- arrays, quoted names, partitions, inheritance, cycles, triggers in every state, sequences that
-- count down, views on views. Rows are in sync_rows.sql.
CREATE SCHEMA sales;
CREATE DOMAIN sales.address AS varchar(60) CHECK (VALUE <> '');
CREATE TYPE sales.state AS ENUM ('new', 'paid');

CREATE TABLE sales.customer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  gone int,
  email sales.address NOT NULL,
  name text,
  phone varchar(24),
  searched text GENERATED ALWAYS AS (lower(email)) STORED,
  note text DEFAULT 'none'
);
ALTER TABLE sales.customer DROP COLUMN gone;
CREATE UNIQUE INDEX customer_email_key ON sales.customer (lower(email));

CREATE TABLE sales."Order Line" (
  "Line No" serial PRIMARY KEY,
  customer bigint REFERENCES sales.customer ON DELETE CASCADE,
  "E-Mail" text,
  state sales.state,
  tags text[],
  doc jsonb,
  raw bytea,
  at timestamptz,
  took interval,
  amount numeric,
  ratio float8,
  code char(8)
);
COMMENT ON CONSTRAINT "Order Line_customer_fkey" ON sales."Order Line" IS 'whose it''s';

CREATE TABLE sales.node (
  id int PRIMARY KEY,
  parent int REFERENCES sales.node DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE sales.chief (id int PRIMARY KEY, team int);
CREATE TABLE sales.team (id int PRIMARY KEY, chief int REFERENCES sales.chief);
ALTER TABLE sales.chief ADD FOREIGN KEY (team) REFERENCES sales.team;

CREATE TABLE sales.event (
  day date NOT NULL,
  customer bigint REFERENCES sales.customer,
  who text
) PARTITION BY RANGE (day);
CREATE TABLE sales.event_old PARTITION OF sales.event FOR VALUES FROM ('2020-01-01') TO ('2025-01-01');
CREATE TABLE sales.event_new PARTITION OF sales.event FOR VALUES FROM ('2025-01-01') TO ('2030-01-01');

CREATE TABLE sales.base (id int, who text);
CREATE TABLE sales.special (more text) INHERITS (sales.base);

CREATE SEQUENCE sales.down INCREMENT -1 MINVALUE -1000 MAXVALUE -1;
CREATE TABLE sales.countdown (id int DEFAULT nextval('sales.down'));
CREATE TABLE sales.empty (id serial PRIMARY KEY, email text);

CREATE FUNCTION sales.refuse() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'a trigger ran'; END $$;
CREATE TRIGGER on_insert BEFORE INSERT ON sales.customer FOR EACH ROW EXECUTE FUNCTION sales.refuse();
CREATE TRIGGER always BEFORE INSERT ON sales.customer FOR EACH ROW EXECUTE FUNCTION sales.refuse();
CREATE TRIGGER replica BEFORE INSERT ON sales.customer FOR EACH ROW EXECUTE FUNCTION sales.refuse();
CREATE TRIGGER never BEFORE INSERT ON sales.customer FOR EACH ROW EXECUTE FUNCTION sales.refuse();
CREATE TRIGGER on_truncate BEFORE TRUNCATE ON sales.customer EXECUTE FUNCTION sales.refuse();
ALTER TABLE sales.customer ENABLE ALWAYS TRIGGER always;
ALTER TABLE sales.customer ENABLE REPLICA TRIGGER replica;
ALTER TABLE sales.customer DISABLE TRIGGER never;

CREATE VIEW sales.addresses AS SELECT id, email FROM sales.customer;
CREATE MATERIALIZED VIEW sales.b_first AS SELECT id, email FROM sales.addresses WITH NO DATA;
CREATE MATERIALIZED VIEW sales.a_second AS SELECT count(*) AS customers FROM sales.b_first WITH NO DATA;
