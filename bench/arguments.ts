import { parseArgs } from "node:util";

/** What `npm run bench -- …` was asked for. */
export interface BenchArguments {
  readonly help: boolean;
  /** With stacks of 4,000 and 10,000, and a fleet. */
  readonly full: boolean;
  /** The page is printed, not written. */
  readonly dryRun: boolean;
  /** An interrupted run goes on. */
  readonly resume: boolean;
  /** The parts to be measured; empty for all. */
  readonly only: readonly string[];
  /** Major versions of Node.js; empty for all that are measured. */
  readonly releases: readonly string[];
  /** A checkout, built, that takes its turns beside this one. */
  readonly before: string | undefined;
}

export const usage = (parts: readonly string[]): string => `Usage: npm run bench -- [options]

Measures and writes docs/benchmarks.md. Exits with 1 when a limit is missed or a part could not be measured.

  --full            with stacks of 4,000 and 10,000 flows, and a fleet of 100 stacks
  --only <name>     one part; may be repeated. The page keeps the other rows as they are
  --node <release>  one release of Node.js, such as 24; may be repeated
  --before <folder> a built checkout of another revision takes its turns beside this one; prints, and writes no page
  --resume          go on with the run that was interrupted
  --dry-run         print the page, write nothing
  --help            this text

Parts: ${parts.join(", ")}
`;

/** @throws Error that says which argument is wrong */
export function parseArguments(
  args: readonly string[],
  parts: readonly string[],
  releases: readonly string[],
): BenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", default: false },
      full: { type: "boolean", default: false },
      "dry-run": { type: "boolean", default: false },
      resume: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      node: { type: "string", multiple: true, default: [] },
      before: { type: "string" },
    },
  });
  refuseUnknown("--only", values.only, parts);
  refuseUnknown("--node", values.node, releases);
  return {
    help: values.help,
    full: values.full,
    dryRun: values["dry-run"] || values.before !== undefined,
    resume: values.resume,
    only: values.only,
    releases: values.node,
    before: values.before,
  };
}

function refuseUnknown(option: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((one) => !known.includes(one));
  if (unknown !== undefined) throw new Error(`${option} ${unknown} is unknown; there are: ${known.join(", ")}`);
}
