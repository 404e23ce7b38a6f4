"""Answers the questions of a file with several engines and prints the rows of each as JSON: {"engine": {"question": rows}}.

usage: engines.py QUESTIONS STORE DATASET ENGINE...
An engine that is not installed is null.
"""

import json
import re
import sqlite3
import sys
from collections import defaultdict


def questions(path):
    text = open(path, encoding="utf-8").read()
    blocks = re.findall(r"^-- (\w+): [^\n]*\n((?:(?!^-- ).*\n)*?)(?=\n--|\Z)", text + "\n", re.M)
    return {name: sql.strip().rstrip(";") for name, sql in blocks}


def rows(found):
    return sorted(([None if it is None else it for it in row] for row in found), key=lambda it: json.dumps(it))


def sqlite(sql, store, _):
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    return {name: rows(connection.execute(text).fetchall()) for name, text in sql.items()}


def duckdb(sql, _, dataset):
    import duckdb as engine

    connection = engine.connect()
    for table in ("sboms", "components", "edges"):
        files = f"{dataset}/{table}/*/*.parquet"
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{files}', hive_partitioning = true)")
    return {name: rows(connection.execute(text).fetchall()) for name, text in sql.items()}


def spark(sql, _, dataset):
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    for table in ("sboms", "components", "edges"):
        session.read.parquet(f"{dataset}/{table}").createOrReplaceTempView(table)
    found = {name: rows(tuple(row) for row in session.sql(text).collect()) for name, text in sql.items()}
    session.stop()
    return found


def pyarrow(sql, _, dataset):
    """Without SQL: filters that Arrow pushes into the files, and dictionaries."""
    import pyarrow.dataset as arrow

    field = arrow.field
    table = {it: arrow.dataset(f"{dataset}/{it}", partitioning="hive") for it in ("sboms", "components")}
    sboms = {it["sbom_id"]: it for it in table["sboms"].to_table().to_pylist()}
    newest = {}
    for it in sboms.values():
        newest[it["product"]] = max(it["released_at"], newest.get(it["product"], ""))

    def components(condition=None):
        found = table["components"].to_table(filter=condition).to_pylist()
        return [(it, sboms[it["sbom_id"]]) for it in found if it["sbom_id"] in sboms]

    def is_newest(sbom):
        return sbom["released_at"] == newest[sbom["product"]]

    hits = components(field("purl") == "pkg:npm/bad@1.0.0")
    named = components((field("type") == "npm") & (field("name") == "bad"))
    everything = components()
    by_key = {(it["sbom_id"], it["root"], it["ref"]): it for it, _ in everything}

    def path(it):
        found = [it["ref"]]
        for _ in range(4):
            it = by_key.get((it["sbom_id"], it["root"], it["via"])) if it else None
            found.append(it["ref"] if it else None)
        return found

    def grouped(pairs):
        groups = defaultdict(list)
        for key, value in pairs:
            groups[key].append(value)
        return groups

    seen = grouped((s["product"], s) for _, s in named)
    last = grouped((s["product"], s["released_at"]) for _, s in hits)
    versions = grouped((c["version"], s["product"]) for c, s in components((field("type") == "npm") & (field("name") == "log")))
    current = [(c, s) for c, s in everything if is_newest(s)]
    used = grouped((c["ref"], s["product"]) for c, s in current if c["depth"] != 0)
    approvals = grouped(((s["product"], c["approval"]), c["ref"]) for c, s in current)
    licenses = grouped((c["license"], (c["ref"], s["product"])) for c, s in everything)
    found = {
        "where": [[s["product"], s["release"], s["released_at"], c["phase"], c["depth"], c["direct"]] for c, s in hits],
        "since": [
            [key, min(s["released_at"] for s in it), max(s["released_at"] for s in it), len({s["sbom_id"] for s in it})]
            for key, it in seen.items()
        ],
        "path": [[s["product"], s["release"], *path(c)] for c, s in hits],
        "current": [[s["product"], s["release"], c["version"], c["phase"]] for c, s in named if is_newest(s)],
        "fixed": [[key, max(it), newest[key]] for key, it in last.items() if max(it) < newest[key]],
        "versions": [[key, len(set(it))] for key, it in versions.items()],
        "used": [[key, len(set(it))] for key, it in used.items()],
        "approvals": [[*key, len(set(it))] for key, it in approvals.items()],
        "licenses": [[key, len({r for r, _ in it}), len({p for _, p in it})] for key, it in licenses.items()],
        "deprecated": [
            list(it)
            for it in {(s["product"], c["ref"], c["deprecated"]) for c, s in everything if c["deprecated"] and c["phase"] == "runtime"}
        ],
    }
    return {name: rows(found[name]) for name in sql}


def main():
    file, store, dataset, *engines = sys.argv[1:]
    sql = questions(file)
    answers = {}
    for name in engines:
        try:
            answers[name] = globals()[name](sql, store, dataset)
        except ImportError as error:
            print(f"skipped: {name} is not installed ({error})", file=sys.stderr)
            answers[name] = None
    print(json.dumps(answers))


main()
