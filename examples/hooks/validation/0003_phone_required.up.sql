-- summary: every customer has a phone number
ALTER TABLE customers ALTER COLUMN phone SET NOT NULL;
