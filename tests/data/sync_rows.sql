-- Rows for sync_schema.sql, with what COPY has to escape and what formats may change.
ALTER TABLE sales.customer DISABLE TRIGGER ALL;
INSERT INTO sales.customer (email, name, phone, note) VALUES
  ('alice@acme.example', 'Alice', '(171) 555-7788', NULL),
  ('bob@acme.example', E'Bob\tthe\nBuilder\\N', '+33 6 12 34 56 78', ''),
  ('Carol@acme.example', '', '030 0074321', '\N'),
  ('dave@acme.example', NULL, NULL, E'\\.');
SELECT setval(pg_get_serial_sequence('sales.customer', 'id'), 900000);
INSERT INTO sales."Order Line" (customer, "E-Mail", state, tags, doc, raw, at, took, amount, ratio, code) VALUES
  (1, 'alice@acme.example', 'new', ARRAY['a,b', NULL, 'NULL', '', E'x\\y\t'], '{"a": 1.10}', '\x00ff5c',
   '2026-03-29 02:30:00+02', '1 mon -2 days 03:04:05.678', 12345678901234567890.123456789, 0.1, 'ab'),
  (2, NULL, 'paid', NULL, NULL, NULL, 'infinity', '-1 year', 'NaN', '-Infinity', NULL);
INSERT INTO sales.node VALUES (1, 2), (2, 1), (3, 3);
INSERT INTO sales.chief VALUES (1, NULL);
INSERT INTO sales.team VALUES (7, 1);
UPDATE sales.chief SET team = 7;
INSERT INTO sales.event VALUES ('2024-05-01', 1, 'alice'), ('2026-05-01', 2, 'bob'), ('2026-05-02', 1, NULL);
INSERT INTO sales.base VALUES (1, 'parent row');
INSERT INTO sales.special VALUES (2, 'child row', 'x');
INSERT INTO sales.countdown DEFAULT VALUES;
INSERT INTO sales.countdown DEFAULT VALUES;
ALTER TABLE sales.customer ENABLE TRIGGER on_insert;
ALTER TABLE sales.customer ENABLE ALWAYS TRIGGER always;
ALTER TABLE sales.customer ENABLE REPLICA TRIGGER replica;
ALTER TABLE sales.customer ENABLE TRIGGER on_truncate;
