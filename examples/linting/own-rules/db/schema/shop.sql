CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT customers_pkey PRIMARY KEY,
  email text NOT NULL
);
COMMENT ON TABLE customers IS 'people who bought something';

CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT orders_pkey PRIMARY KEY,
  customer_id bigint NOT NULL CONSTRAINT orders_customer_fkey REFERENCES customers (id) ON DELETE CASCADE,
  total_price numeric(12, 2) NOT NULL
);
COMMENT ON TABLE orders IS 'what they bought';
CREATE INDEX orders_customer_id_idx ON orders (customer_id);
