-- A small schema with a bit of everything, for tests that have no larger one at hand.
CREATE SCHEMA shop;
CREATE TYPE shop.order_state AS ENUM ('open', 'paid', 'sent');

CREATE TABLE shop.customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    full_name varchar(80) NOT NULL,
    email text NOT NULL UNIQUE,
    phone text,
    password_hash text,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE shop.customer IS 'Who buys';

CREATE TABLE shop.address (
    customer_id bigint NOT NULL REFERENCES shop.customer ON DELETE CASCADE,
    position int NOT NULL,
    street text NOT NULL,
    country char(2) NOT NULL CHECK (country = upper(country)),
    PRIMARY KEY (customer_id, position)
);

CREATE TABLE shop.category (
    id int PRIMARY KEY,
    parent_id int REFERENCES shop.category,
    name text NOT NULL
);
CREATE INDEX category_parent_id_idx ON shop.category (parent_id);

CREATE TABLE shop.product (
    id serial PRIMARY KEY,
    category_id int NOT NULL REFERENCES shop.category,
    name text NOT NULL,
    price numeric(10, 2) NOT NULL DEFAULT 0 CHECK (price >= 0),
    tags text[] NOT NULL DEFAULT '{}',
    photo bytea
);

CREATE TABLE shop."Order" (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES shop.customer,
    state shop.order_state NOT NULL DEFAULT 'open'
);
CREATE INDEX order_open_idx ON shop."Order" (customer_id) WHERE state = 'open';

CREATE TABLE shop."Order Line" (
    order_id bigint NOT NULL,
    "Line No" int NOT NULL,
    product_id int NOT NULL,
    amount int NOT NULL,
    PRIMARY KEY (order_id, "Line No"),
    CONSTRAINT line_order FOREIGN KEY (order_id) REFERENCES shop."Order" (id),
    CONSTRAINT line_product FOREIGN KEY (product_id) REFERENCES shop.product (id)
);

CREATE TABLE shop.payment (
    id bigint NOT NULL,
    paid_on date NOT NULL,
    order_id bigint NOT NULL REFERENCES shop."Order",
    amount numeric(10, 2) NOT NULL,
    PRIMARY KEY (id, paid_on)
) PARTITION BY RANGE (paid_on);
CREATE INDEX payment_order_id_idx ON shop.payment (order_id);
CREATE TABLE shop.payment_2025 PARTITION OF shop.payment
    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE shop.payment_rest PARTITION OF shop.payment DEFAULT;

CREATE TABLE shop.visit (
    at timestamptz NOT NULL DEFAULT now(),
    page text NOT NULL,
    session_token text
);

CREATE VIEW shop.revenue AS
SELECT o.customer_id, sum(p.amount) AS total
FROM shop."Order" o JOIN shop.payment p ON p.order_id = o.id
GROUP BY o.customer_id;
CREATE MATERIALIZED VIEW shop.category_size AS
SELECT category_id, count(*) AS products FROM shop.product GROUP BY category_id;
