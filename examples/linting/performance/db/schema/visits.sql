CREATE TABLE sites (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT sites_pkey PRIMARY KEY,
  address text NOT NULL CONSTRAINT sites_address_key UNIQUE
);
COMMENT ON TABLE sites IS 'what is visited';

CREATE TABLE visits (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT visits_pkey PRIMARY KEY,
  site_id bigint NOT NULL CONSTRAINT visits_site_fkey REFERENCES sites (id),
  visitor text NOT NULL,
  seen_at timestamptz NOT NULL
);
COMMENT ON TABLE visits IS 'one visit a row';
CREATE INDEX visits_visitor_idx ON visits (visitor);
CREATE INDEX visits_search_idx ON visits (visitor, seen_at, id);
