import { X509Certificate } from "node:crypto";
import { certificatesIn } from "../../core/pem";
import { ProblemError, type Problem } from "../../core/problem";
import { remedyFor } from "../stage/remedy";
import type { ProbeRuntime } from "./probe-runtime";
import { authorities as remedies } from "./authorities.remedies";

/** Since this version Node keeps what `NODE_EXTRA_CA_CERTS` names when further authorities are given. */
const KEEPS_EXTRA = 24;

/**
 * The certificates to trust besides those that Node trusts by itself; undefined: none. Node 20 drops what
 * `NODE_EXTRA_CA_CERTS` names as soon as others are given, so these are added again; for a whole system's list that
 * takes 50 ms.
 */
export function authorities(
  ca: string | undefined,
  runtime: Pick<ProbeRuntime, "readFile" | "environment">,
  nodeVersion = process.versions.node,
) {
  if (ca === undefined) return undefined;
  const certificates = certificatesOf(ca, runtime);
  if (Number.parseInt(nodeVersion, 10) >= KEEPS_EXTRA) return certificates;
  const extra = runtime.environment.NODE_EXTRA_CA_CERTS;
  const extraPem = certificatesIn((extra && runtime.readFile(extra)) || "");
  return [...extraPem, ...certificates];
}

/** Only the given authorities. */
export function pinnedAuthorities(ca: string, runtime: Pick<ProbeRuntime, "readFile">): readonly X509Certificate[] {
  return certificatesOf(ca, runtime).map((block) => new X509Certificate(block));
}

const problem = (found: Problem): Problem => ({ ...found, path: ["ca_certificate"] });

function certificatesOf(ca: string, runtime: Pick<ProbeRuntime, "readFile">): readonly string[] {
  const isPem = ca.includes("-----BEGIN");
  const text = isPem ? ca : runtime.readFile(ca);
  if (text === undefined) throw new ProblemError(problem(remedyFor(remedies.caFileMissing, { path: ca })));
  const blocks = certificatesIn(text);
  if (blocks.length === 0)
    throw new ProblemError(problem(remedyFor(remedies.caUnreadable, {}, "no certificate in PEM form found")));
  for (const block of blocks) {
    try {
      new X509Certificate(block);
    } catch (error) {
      throw new ProblemError(problem(remedyFor(remedies.caUnreadable, {}, (error as Error).message)));
    }
  }
  return blocks;
}
