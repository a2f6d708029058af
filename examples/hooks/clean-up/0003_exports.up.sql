-- summary: exports, and the job that makes them
CREATE TABLE jobs (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL);
CREATE TABLE exports (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, file text NOT NULL);
