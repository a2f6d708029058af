CREATE TABLE "UserSessions" (
  "sessionId" uuid CONSTRAINT user_sessions_pkey PRIMARY KEY,
  "lastSeen" timestamptz NOT NULL
);
COMMENT ON TABLE "UserSessions" IS 'who is signed in';
