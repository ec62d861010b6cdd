-- With which folds each kind of view was made, so that a build that folds otherwise knows what it has to make anew.
CREATE TABLE view_fold (
  site_id text NOT NULL,
  kind text NOT NULL,
  version text NOT NULL,
  PRIMARY KEY (site_id, kind)
);
-- All of them in one word, read by every writer with the counter: who folds otherwise must not write.
ALTER TABLE site_counter ADD COLUMN folds text NOT NULL DEFAULT '';
