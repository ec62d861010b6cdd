-- What tablets say that they have recorded, also before they can send it: what is lost with one can then be counted.
CREATE TABLE chain_told (
  site_id text NOT NULL,
  device text NOT NULL,
  chain text NOT NULL,
  n_max integer NOT NULL,
  -- When it grew.
  told_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, device, chain)
) WITH (fillfactor = 70);
ALTER TABLE presence ADD COLUMN chain text;
-- Events that had other numbers before: nothing is missing there.
CREATE INDEX event_moved ON event (site_id, seq) WHERE body LIKE '%"was":[{%';
