-- The log: every event once, in one gapless order per site, never changed; and what the office sets aside.

CREATE TABLE site (
  site_id text PRIMARY KEY,
  name text NOT NULL,
  sample boolean NOT NULL,
  -- Keys that several server processes must share: nonces and sessions are signed with it.
  secret text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);

-- One row a site; locked by every writer, so that the order of seq is the order of commits.
CREATE TABLE site_counter (
  site_id text PRIMARY KEY REFERENCES site,
  head bigint NOT NULL,
  root text NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE site_epoch (
  site_id text NOT NULL REFERENCES site,
  epoch uuid NOT NULL,
  -- Events above this number that tablets kept from earlier epochs are to be sent again.
  start_seq bigint NOT NULL,
  -- The chain on which the office records its own events in this epoch.
  office_chain uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  reason text NOT NULL,
  PRIMARY KEY (site_id, epoch)
);

CREATE TABLE event (
  site_id text NOT NULL REFERENCES site,
  seq bigint NOT NULL,
  id uuid NOT NULL,
  device text NOT NULL,
  chain text NOT NULL,
  n integer NOT NULL,
  type text NOT NULL,
  person text NOT NULL,
  -- What it is about, for histories: the work order, where it names one.
  subject text,
  h text NOT NULL,
  -- The exact bytes that were hashed.
  body text NOT NULL,
  -- The running hash of the log up to here.
  root text NOT NULL,
  flags text[],
  received_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, seq),
  UNIQUE (site_id, id),
  UNIQUE (site_id, chain, n)
);
CREATE INDEX event_subject ON event (site_id, subject, seq) WHERE subject IS NOT NULL;

-- The last number of each install's chain, and the highest it says it has given out.
CREATE TABLE chain_head (
  site_id text NOT NULL REFERENCES site,
  chain text NOT NULL,
  device text NOT NULL,
  n integer NOT NULL,
  h text NOT NULL,
  n_max integer NOT NULL,
  heard_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (site_id, chain)
) WITH (fillfactor = 70);

-- What could not become part of the log, byte for byte: shown to a person, never dropped.
CREATE TABLE set_aside (
  site_id text NOT NULL REFERENCES site,
  q bigint GENERATED ALWAYS AS IDENTITY,
  verdict text NOT NULL,
  code text NOT NULL,
  id text NOT NULL,
  device text NOT NULL,
  chain text NOT NULL,
  n integer,
  h text NOT NULL,
  body bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (site_id, q),
  UNIQUE (site_id, chain, h)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is never changed: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER what_is_set_aside_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON set_aside
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What is known: the folds' answers. Any row can be made again from the log.
CREATE TABLE view (
  site_id text NOT NULL REFERENCES site,
  kind text NOT NULL,
  key text NOT NULL,
  scope text NOT NULL,
  seq bigint NOT NULL,
  -- NULL: it is gone, and tablets have to hear of that.
  body jsonb,
  PRIMARY KEY (site_id, kind, key)
) WITH (fillfactor = 80);
CREATE INDEX view_feed ON view (site_id, scope, seq);

-- A view that left a scope: whoever follows that scope alone has to forget it.
CREATE TABLE view_left (
  site_id text NOT NULL REFERENCES site,
  scope text NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (site_id, scope, kind, key)
);
CREATE INDEX view_left_feed ON view_left (site_id, scope, seq);
