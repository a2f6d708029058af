INSERT INTO customers (name, email) VALUES
  ('Ada', 'ada@mail.example'),
  ('Alan', 'alan@mail.example');
