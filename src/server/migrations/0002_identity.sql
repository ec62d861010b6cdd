-- Who may speak: one-time codes, PINs, keys for scripts; and when each tablet was last heard.

CREATE TABLE enrolment_code (
  site_id text NOT NULL REFERENCES site,
  code_hash text NOT NULL,
  use text NOT NULL,
  station text,
  until timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (site_id, code_hash)
);

CREATE TABLE person_pin (
  site_id text NOT NULL REFERENCES site,
  person text NOT NULL,
  salt text NOT NULL,
  iterations integer NOT NULL,
  key text NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (site_id, person)
);

CREATE TABLE pin_try (
  site_id text NOT NULL REFERENCES site,
  person text NOT NULL,
  device text NOT NULL,
  wrong integer NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, person, device)
);

CREATE TABLE api_key (
  site_id text NOT NULL REFERENCES site,
  key_hash text NOT NULL,
  name text NOT NULL,
  roles text[] NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  PRIMARY KEY (site_id, key_hash)
);

CREATE TABLE presence (
  site_id text NOT NULL REFERENCES site,
  device text NOT NULL,
  station text,
  heard_at timestamptz NOT NULL,
  waiting integer NOT NULL,
  PRIMARY KEY (site_id, device)
) WITH (fillfactor = 50);

-- Answers to decisions already taken, so that asking twice decides once.
CREATE TABLE act (
  site_id text NOT NULL REFERENCES site,
  id text NOT NULL,
  person text NOT NULL,
  reply jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (site_id, id)
);
