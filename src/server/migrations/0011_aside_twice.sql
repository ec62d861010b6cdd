-- Damaged bytes and, when it comes, the record itself: both are kept, if neither can be part of the log.
ALTER TABLE set_aside DROP CONSTRAINT set_aside_site_id_chain_h_key;
ALTER TABLE set_aside ADD CONSTRAINT set_aside_once UNIQUE (site_id, chain, h, code);
