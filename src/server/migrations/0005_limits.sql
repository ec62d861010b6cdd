-- Where a person has signed in rightly: those tablets stay open to them while others are tried with wrong PINs.
ALTER TABLE pin_try ADD COLUMN right_at timestamptz;
CREATE INDEX pin_try_device ON pin_try (site_id, device, last_at);
