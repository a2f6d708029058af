-- SPDX-License-Identifier: MIT
-- Unique indexes over expressions and parts of a table, as image boards and wikis have them.
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  email text,
  api_key text
);
CREATE UNIQUE INDEX users_lower_name ON users (lower(name));
CREATE UNIQUE INDEX users_email ON users (lower(email)) WHERE email IS NOT NULL AND email <> '';
CREATE UNIQUE INDEX users_api_key ON users (md5(api_key)) INCLUDE (name);
CREATE TABLE tags (
  id bigint PRIMARY KEY,
  name text NOT NULL COLLATE "C",
  category smallint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX tags_name_words ON tags (replace(lower(name), ' ', '_') text_pattern_ops);
CREATE TABLE aliases (
  id bigint PRIMARY KEY,
  antecedent text NOT NULL,
  consequent text NOT NULL,
  status text NOT NULL DEFAULT 'active'
);
CREATE UNIQUE INDEX aliases_active ON aliases (antecedent) WHERE status = 'active';
CREATE UNIQUE INDEX aliases_pair ON aliases (least(antecedent, consequent), greatest(antecedent, consequent));
CREATE TABLE uploads (
  id bigint PRIMARY KEY,
  uploader bigint REFERENCES users,
  source_url text,
  md5 text
);
CREATE UNIQUE INDEX uploads_source ON uploads ((split_part(source_url, '?', 1))) WHERE md5 IS NULL;
CREATE UNIQUE INDEX uploads_md5 ON uploads (md5, coalesce(uploader, 0));
