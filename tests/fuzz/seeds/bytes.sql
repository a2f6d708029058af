\c other
CREATE TABLE t (a text);
COPY t (a) FROM stdin;
it's; \N
\.
SELECT E'a\'b', U&"d\0061t", $x$ $y$ $x$, 0x1F;
/* a /* b */ */ SELECT 'ÿ'; SELECT 'open