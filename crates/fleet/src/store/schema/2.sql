-- Blocks of 1024 documents, by their numbers. What is added goes to the sightings of the newest block, so that a transaction
-- writes a few pages of the index however many documents there are.
CREATE TABLE block (id INTEGER PRIMARY KEY);
INSERT INTO block SELECT DISTINCT id >> 10 FROM document;

DROP VIEW components;
DROP TABLE sighting;
-- In which documents a package is. A table and not an index, so that the rows of many documents are added in order.
CREATE TABLE sighting (
  block INTEGER NOT NULL,
  package INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (block, package, document)
) WITHOUT ROWID;
INSERT INTO sighting SELECT DISTINCT document >> 10, package, document FROM occurrence ORDER BY 1, 2, 3;

CREATE VIEW components AS
  SELECT d.sbom_id, p.ref, p.purl, p.type, p.name, p.version, p.license, p.deprecated,
    r.ref AS root,
    CASE o.facts & 7 WHEN 0 THEN 'runtime' WHEN 1 THEN 'configure' WHEN 2 THEN 'build' WHEN 3 THEN 'test'
      WHEN 4 THEN 'develop' ELSE 'unknown' END AS phase,
    CASE WHEN ((o.facts >> 5) & 1023) = 0 THEN NULL ELSE ((o.facts >> 5) & 1023) - 1 END AS depth,
    v.ref AS via, t.ref AS direct,
    CASE (o.facts >> 3) & 3 WHEN 0 THEN 'required' WHEN 1 THEN 'optional' WHEN 2 THEN 'excluded' ELSE 'unknown' END
      AS scope,
    j.approval, j.decision
  FROM package p
  JOIN block b
  JOIN sighting s ON s.block = b.id AND s.package = p.id
  JOIN document d ON d.id = s.document
  JOIN occurrence o ON o.document = s.document AND o.package = s.package
  LEFT JOIN package r ON r.id = json_extract(d.roots, '$[' || o.root || ']')
  LEFT JOIN package v ON v.id = o.via
  LEFT JOIN package t ON t.id = o.direct
  LEFT JOIN judgement j ON j.id = o.facts >> 15;
