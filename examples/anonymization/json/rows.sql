INSERT INTO customers (name, profile) VALUES
  ('Ada', '{"mail": "ada@mail.example", "born": "1985-12-10", "score": 1.10, "friends": [{"mail": "alan@mail.example"}]}');
