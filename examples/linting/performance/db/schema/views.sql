CREATE VIEW robots AS
SELECT id, site_id FROM visits WHERE visitor LIKE '%bot';
COMMENT ON VIEW robots IS 'visits of programs';
