"""A Spark job that makes a Parquet dataset of a folder of SBOMs, with the work divided over all workers.

usage: spark-submit fleet-ingest.py SBOMS DATASET [BOMTRAIL]

SBOMS and DATASET are folders that every worker reaches under the same path: a shared file system, or a bucket that is mounted.
BOMTRAIL is the program on the workers. Each task stores its share in a store of its own and exports it with one file for each
SBOM. Files are named by their content, so tasks do not coordinate, and one that is repeated changes nothing.
"""

import os
import subprocess
import sys
import tempfile

# How many SBOMs a task takes.
SHARE = 500


def ingest(paths, dataset, program):
    """Runs on a worker; what could not be added is returned with the reason."""
    paths = list(paths)
    if not paths:
        return
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "fleet.db")
        command = [program, "fleet", "--store", store]
        added = subprocess.run([*command, "add", *paths], capture_output=True, text=True)
        if added.returncode not in (0, 1):
            raise RuntimeError(added.stderr)
        exported = subprocess.run([*command, "export", "--per-sbom", dataset], capture_output=True, text=True)
        if exported.returncode != 0:
            raise RuntimeError(exported.stderr)
        yield from (it for it in added.stderr.splitlines() if it.startswith("not added: "))


def main():
    from pyspark.sql import SparkSession

    sboms, dataset, *more = sys.argv[1:]
    program = more[0] if more else "bomtrail"
    builder = SparkSession.builder.appName("bomtrail fleet")
    if os.environ.get("BOMTRAIL_SPARK_MASTER"):
        builder = builder.master(os.environ["BOMTRAIL_SPARK_MASTER"])
    session = builder.getOrCreate()
    paths = sorted(os.path.join(folder, name) for folder, _, names in os.walk(sboms) for name in names)
    tasks = max(1, len(paths) // SHARE, min(len(paths), session.sparkContext.defaultParallelism))
    shares = session.sparkContext.parallelize(paths, tasks)
    for line in shares.mapPartitions(lambda it: ingest(it, dataset, program)).collect():
        print(line)
    session.stop()


main()
