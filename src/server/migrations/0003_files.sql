-- Files by what they contain, in chunks of 1 MiB, so that one backup holds everything.

CREATE TABLE blob (
  site_id text NOT NULL REFERENCES site,
  sha256 text NOT NULL,
  size bigint NOT NULL,
  type text NOT NULL,
  complete boolean NOT NULL DEFAULT false,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (site_id, sha256)
);

CREATE TABLE blob_chunk (
  site_id text NOT NULL REFERENCES site,
  sha256 text NOT NULL,
  index integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (site_id, sha256, index)
);
ALTER TABLE blob_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
