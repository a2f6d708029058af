INSERT INTO customers (name, email) VALUES ('Ada', 'ada@mail.example');
INSERT INTO newsletter VALUES ('ada@mail.example');
INSERT INTO partner_leads VALUES ('ada@mail.example');
