-- The beginning of a chunk whose rest is on its way: over a bad radio no request of 1 MiB ever arrives whole.
CREATE TABLE blob_piece (
  site_id text NOT NULL REFERENCES site,
  sha256 text NOT NULL,
  index integer NOT NULL,
  start integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (site_id, sha256, index, start)
);
ALTER TABLE blob_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
