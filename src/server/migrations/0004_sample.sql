-- A sample plant tells its PINs, so that anyone can try it; a real plant has none here.
ALTER TABLE site ADD COLUMN sample_pins jsonb NOT NULL DEFAULT '{}';
