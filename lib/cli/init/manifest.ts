import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "../../core/zod";
import { ProblemError } from "../../core/problem";
import { PROVIDER_VERSION } from "../../package/identity";
import { packageRoot } from "../../package/install";
import { CDKTN_CLI, type DeployCommand } from "../deploy-command";
import { manifestUnreadable } from "./errors";

const versions = () => z.record(z.string(), z.string());
/** The fields of a package.json that are used here; others are kept. Made on use: help and wrong options need no schemas. */
const manifestContract = () =>
  z.looseObject({
    scripts: z.optional(versions()),
    dependencies: z.optional(versions()),
    devDependencies: z.optional(versions()),
  });

export type Manifest = z.infer<ReturnType<typeof manifestContract>>;

/** The releases of constructs that cdktn 0.24 accepts; its command line installs one. */
const CONSTRUCTS_OF_CDKTN = ">=10.6.0 <10.8.0";

/**
 * The package.json of a project. The version of this package is pinned; the others have the ranges that it is tested
 * with.
 */
export function packageManifest(template: "cdktf" | "cdktn", name: string, command: DeployCommand["name"]): Manifest {
  const ranges = testedRanges();
  const pick = (...names: string[]) => Object.fromEntries(names.map((one) => [one, ranges[one]!]));
  const commandLine = command === "cdktf" ? pick("cdktf-cli") : { "cdktn-cli": CDKTN_CLI };
  const constructs = command === "cdktf" ? pick("constructs") : { constructs: CONSTRUCTS_OF_CDKTN };
  const library = template === "cdktf" ? pick("cdktf", "@cdktf/provider-null") : { cdktn: CDKTN_CLI };
  return {
    name,
    private: true,
    scripts: {
      // Each sandbox starts empty, so the state of the last one is removed.
      sandbox: `rm -f terraform.sandbox.tfstate && outbound sandbox -- ${command} deploy --auto-approve`,
      synth: `${command} synth`,
      diff: `${command} diff`,
      deploy: `${command} deploy`,
      typecheck: "tsc",
    },
    dependencies: sorted({ ...library, ...constructs, "cdktf-provider-outbound": PROVIDER_VERSION }),
    devDependencies: sorted({ ...commandLine, ...pick("@types/node", "tsx", "typescript") }),
    // npm 11 warns about each install script that is neither allowed nor denied; these packages already contain what
    // their scripts would fetch.
    allowScripts: {
      ...(command === "cdktf" ? { "@cdktf/node-pty-prebuilt-multiarch": false } : {}),
      esbuild: false,
    },
  };
}

/**
 * Adds what a package.json lacks; its own entries stay.
 *
 * @throws ProblemError `cli/init-manifest-unreadable`
 */
export function withManifest(existing: string, wanted: Manifest): Manifest {
  let found: Manifest;
  try {
    found = manifestContract().parse(JSON.parse(existing));
  } catch {
    throw new ProblemError(manifestUnreadable());
  }
  return {
    ...wanted,
    ...found,
    scripts: { ...wanted.scripts, ...found.scripts },
    dependencies: sorted({ ...wanted.dependencies, ...found.dependencies }),
    devDependencies: sorted({ ...wanted.devDependencies, ...found.devDependencies }),
  };
}

/** The ranges of this package's own development and peer dependencies: its tests have run with these versions. */
function testedRanges(): Record<string, string> {
  const own = z.looseObject({ peerDependencies: versions(), devDependencies: versions() });
  const { peerDependencies, devDependencies } = own.parse(
    JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")),
  );
  return { ...devDependencies, ...peerDependencies };
}

function sorted(entries: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)));
}
