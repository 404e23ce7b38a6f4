-- Ten questions about all products. The same text runs on the store (SQLite) and on the dataset (DuckDB, Spark, Trino, Athena,
-- BigQuery) once `sboms` and `components` name its tables. No question needs recursion: depth, the package before and the direct
-- dependency are columns.

-- where: which releases have a package, and which direct dependency brings it in
SELECT s.product, s.release, s.released_at, c.phase, c.depth, c.direct
FROM components c JOIN sboms s ON s.sbom_id = c.sbom_id
WHERE c.purl = 'pkg:npm/bad@1.0.0';

-- since: the first and the last release of each product that has any version of a package
SELECT s.product, MIN(s.released_at) AS first_seen, MAX(s.released_at) AS last_seen, COUNT(DISTINCT s.sbom_id) AS releases
FROM components c JOIN sboms s ON s.sbom_id = c.sbom_id
WHERE c.type = 'npm' AND c.name = 'bad'
GROUP BY s.product;

-- path: the packages that lead to a package, up to four before it
SELECT s.product, s.release, c.ref, b.ref AS before_1, a.ref AS before_2, y.ref AS before_3, x.ref AS before_4
FROM components c JOIN sboms s ON s.sbom_id = c.sbom_id
LEFT JOIN components b ON b.sbom_id = c.sbom_id AND b.ref = c.via AND b.root = c.root
LEFT JOIN components a ON a.sbom_id = c.sbom_id AND a.ref = b.via AND a.root = c.root
LEFT JOIN components y ON y.sbom_id = c.sbom_id AND y.ref = a.via AND y.root = c.root
LEFT JOIN components x ON x.sbom_id = c.sbom_id AND x.ref = y.via AND x.root = c.root
WHERE c.purl = 'pkg:npm/bad@1.0.0';

-- current: the products whose newest release has a package
WITH newest AS (SELECT product, MAX(released_at) AS released_at FROM sboms GROUP BY product)
SELECT s.product, s.release, c.version, c.phase
FROM newest n JOIN sboms s ON s.product = n.product AND s.released_at = n.released_at
JOIN components c ON c.sbom_id = s.sbom_id
WHERE c.type = 'npm' AND c.name = 'bad';

-- fixed: the products that had a package, and whose newest release does not have it
WITH newest AS (SELECT product, MAX(released_at) AS released_at FROM sboms GROUP BY product),
hits AS (
  SELECT s.product, MAX(s.released_at) AS last_seen
  FROM components c JOIN sboms s ON s.sbom_id = c.sbom_id
  WHERE c.purl = 'pkg:npm/bad@1.0.0' GROUP BY s.product
)
SELECT h.product, h.last_seen, n.released_at AS newest
FROM hits h JOIN newest n ON n.product = h.product
WHERE h.last_seen < n.released_at;

-- versions: the versions of a package that are in use, and in how many products
SELECT c.version, COUNT(DISTINCT s.product) AS products
FROM components c JOIN sboms s ON s.sbom_id = c.sbom_id
WHERE c.type = 'npm' AND c.name = 'log'
GROUP BY c.version;

-- used: the packages that most newest releases have
WITH newest AS (SELECT product, MAX(released_at) AS released_at FROM sboms GROUP BY product)
SELECT c.ref, COUNT(DISTINCT s.product) AS products
FROM newest n JOIN sboms s ON s.product = n.product AND s.released_at = n.released_at
JOIN components c ON c.sbom_id = s.sbom_id
WHERE c.depth > 0 OR c.depth IS NULL
GROUP BY c.ref;

-- approvals: how many packages of each newest release have each approval
WITH newest AS (SELECT product, MAX(released_at) AS released_at FROM sboms GROUP BY product)
SELECT s.product, c.approval, COUNT(DISTINCT c.ref) AS packages
FROM newest n JOIN sboms s ON s.product = n.product AND s.released_at = n.released_at
JOIN components c ON c.sbom_id = s.sbom_id
GROUP BY s.product, c.approval;

-- licenses: how many packages and products have each licence
SELECT c.license, COUNT(DISTINCT c.ref) AS packages, COUNT(DISTINCT s.product) AS products
FROM components c JOIN sboms s ON s.sbom_id = c.sbom_id
GROUP BY c.license;

-- deprecated: deprecated packages that are needed at run time, and by which product
SELECT DISTINCT s.product, c.ref, c.deprecated
FROM components c JOIN sboms s ON s.sbom_id = c.sbom_id
WHERE c.deprecated IS NOT NULL AND c.phase = 'runtime';
