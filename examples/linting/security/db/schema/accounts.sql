CREATE TABLE accounts (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT accounts_pkey PRIMARY KEY,
  tenant text NOT NULL,
  email text NOT NULL,
  password text NOT NULL
);
COMMENT ON TABLE accounts IS 'who may sign in';
CREATE POLICY own_tenant ON accounts USING (tenant = current_setting('app.tenant'));
GRANT SELECT ON accounts TO PUBLIC;

CREATE FUNCTION reset_password(account bigint, new_hash text) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
  UPDATE accounts SET password = new_hash WHERE id = account;
$$;
