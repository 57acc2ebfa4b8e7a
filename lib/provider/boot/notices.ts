import type * as zlib from "node:zlib";
import type { Parts } from "./parts";

/** Prints the licences and exits, with `--notices`: for users who have nothing but the executable. */
export function printNotices(parts: Parts): void {
  if (process.argv[2] !== "--notices") return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- no other start needs it
  const { inflateSync } = require("node:zlib") as typeof zlib;
  process.stdout.write(inflateSync(parts.read("notices")));
  process.exit(0);
}
