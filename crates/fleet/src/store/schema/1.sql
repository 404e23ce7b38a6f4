CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  sbom_id TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL,
  product TEXT NOT NULL,
  release TEXT,
  released_at TEXT NOT NULL,
  repository TEXT,
  commit_id TEXT,
  tool TEXT,
  source TEXT NOT NULL,
  components INTEGER NOT NULL,
  -- Numbers of packages, as a JSON array; `occurrence.root` is a position in it.
  roots TEXT NOT NULL,
  -- SHA-256 of what is stored, in hexadecimal.
  contents TEXT NOT NULL
);
-- For each package in the order of its number: how many dependencies it has, then each of them.
CREATE TABLE dependency (
  document INTEGER PRIMARY KEY,
  edges BLOB NOT NULL
);
CREATE INDEX document_of_product ON document (product, released_at);

CREATE TABLE package (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  purl TEXT,
  type TEXT,
  name TEXT NOT NULL,
  version TEXT,
  license TEXT,
  deprecated TEXT,
  -- 1 when an SBOM has it as someone else's package.
  is_dependency INTEGER NOT NULL
);
CREATE INDEX package_of_name ON package (name);

CREATE TABLE judgement (
  id INTEGER PRIMARY KEY,
  approval TEXT NOT NULL,
  decision TEXT NOT NULL,
  UNIQUE (approval, decision)
);

-- `facts` is phase + 8 * (scope + 4 * (depth + 1 + 1024 * judgement)); a depth of -1 means that no root reaches it.
CREATE TABLE occurrence (
  document INTEGER NOT NULL,
  package INTEGER NOT NULL,
  root INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  via INTEGER,
  direct INTEGER,
  PRIMARY KEY (document, package, root)
) WITHOUT ROWID;
-- In which documents a package is. A table and not an index, so that the rows of many documents are added in order.
CREATE TABLE sighting (
  package INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (package, document)
) WITHOUT ROWID;

CREATE TABLE rejected (
  source TEXT NOT NULL PRIMARY KEY,
  reason TEXT NOT NULL,
  digest TEXT,
  rejected_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE advisory (
  id TEXT NOT NULL,
  package INTEGER NOT NULL,
  aliases TEXT NOT NULL,
  severity TEXT NOT NULL,
  summary TEXT NOT NULL,
  fixed TEXT NOT NULL,
  malicious INTEGER NOT NULL,
  exploited INTEGER NOT NULL,
  modified TEXT,
  found_at TEXT NOT NULL,
  PRIMARY KEY (id, package)
) WITHOUT ROWID;
CREATE INDEX advisory_of_package ON advisory (package);
CREATE TABLE advisory_alias (
  alias TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (alias, id)
) WITHOUT ROWID;

CREATE VIEW sboms AS
  SELECT sbom_id, digest, product, release, released_at, repository, commit_id, tool, source, components, contents
  FROM document;

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
  JOIN sighting s ON s.package = p.id
  JOIN document d ON d.id = s.document
  JOIN occurrence o ON o.document = s.document AND o.package = s.package
  LEFT JOIN package r ON r.id = json_extract(d.roots, '$[' || o.root || ']')
  LEFT JOIN package v ON v.id = o.via
  LEFT JOIN package t ON t.id = o.direct
  LEFT JOIN judgement j ON j.id = o.facts >> 15;
