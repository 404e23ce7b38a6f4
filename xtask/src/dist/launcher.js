#!/usr/bin/env node
"use strict";
// Runs the program of the package for this platform, with the same arguments, streams and exit code.
const { spawnSync } = require("node:child_process");

const name = `@bomtrail/cli-${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "bomtrail.exe" : "bomtrail";

function find() {
  for (const candidate of [name, `${name}-musl`]) {
    try {
      return require.resolve(`${candidate}/bin/${file}`);
    } catch {
      // The package for another C library may be there.
    }
  }
  return null;
}

const program = find();
if (program === null) {
  console.error(
    `bomtrail: the package ${name} is not installed. Install without --omit=optional, ` +
      "or use another way of installation if this platform has no package.",
  );
  process.exit(2);
}
const result = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (result.error) {
  console.error(`bomtrail: ${program} does not start: ${result.error.message}`);
  process.exit(2);
}
if (result.signal) {
  process.kill(process.pid, result.signal);
}
process.exit(result.status ?? 2);
