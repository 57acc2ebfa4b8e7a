import type * as zlib from "node:zlib";
import type { Parts } from "./parts";

/** Whoever has the file alone can read the licences in it too: with `--notices` they are printed, and nothing else happens. */
export function printNotices(parts: Parts): void {
  if (process.argv[2] !== "--notices") return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- no other start needs it
  const { inflateSync } = require("node:zlib") as typeof zlib;
  process.stdout.write(inflateSync(parts.read("notices")));
  process.exit(0);
}
