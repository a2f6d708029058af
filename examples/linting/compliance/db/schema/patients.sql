CREATE TABLE patients (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT patients_pkey PRIMARY KEY,
  email text NOT NULL,
  ssn text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE patients IS 'people who are treated';

CREATE TABLE invoices (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT invoices_pkey PRIMARY KEY,
  patient_id bigint NOT NULL CONSTRAINT invoices_patient_fkey REFERENCES patients (id),
  total numeric(12, 2) NOT NULL
);
COMMENT ON TABLE invoices IS 'what they are asked to pay. retention: 10 years';
CREATE INDEX invoices_patient_id_idx ON invoices (patient_id);
