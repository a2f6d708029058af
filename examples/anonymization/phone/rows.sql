INSERT INTO customers (name, phone) VALUES
  ('Ada', '+44 20 7946 0123'),
  ('Alan', '+33 1 99 00 12 34');
