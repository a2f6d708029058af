INSERT INTO customers (first_name, last_name, display_name, email) VALUES
  ('Ada', 'Lovelace', 'Ada Lovelace', 'ada@mail.example'),
  ('Alan', 'Turing', 'Alan Turing', 'alan@mail.example');
