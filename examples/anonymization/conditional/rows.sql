INSERT INTO customers (name, email) VALUES
  ('Ada', 'ada@mail.example'),
  ('Test', 'robot@acme.example');
