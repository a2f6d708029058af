CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  first_name text,
  last_name text,
  display_name text,
  email text NOT NULL CONSTRAINT customers_email_key UNIQUE
);
