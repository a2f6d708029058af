CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT customers_pkey PRIMARY KEY,
  "firstName" text NOT NULL,
  email text NOT NULL
);
COMMENT ON TABLE customers IS 'people who bought something';
CREATE INDEX "EmailIdx" ON customers (email);
