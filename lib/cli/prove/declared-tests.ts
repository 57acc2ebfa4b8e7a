import { ProblemError } from "../../core/problem";
import { printableLine } from "../../core/printable";
import { withoutKeys } from "../../plan/addresses";
import type { ProofMode } from "../../proof/proof";
import type { System } from "../../systems/kit/system";
import { isObject } from "../../plan/masking";
import { declaredTests, type Declaration } from "../mail/declared";
import type { MailTest } from "../mail/mail-test";
import type { Chain } from "./chain";

/**
 * The chains of the tests and probes that a stack declares. The plan knows values that the configuration only refers to;
 * the configuration knows where each secret comes from. What is in neither is unknown, by name.
 */
export function chainsOfTests(
  mode: ProofMode,
  planned: readonly Declaration[],
  configured: readonly Declaration[],
  systems: readonly System[],
): Chain[] {
  const ofCode = new Map(configured.map((one) => [one.address, one]));
  const together = planned.map((one): Declaration => {
    const code = ofCode.get(withoutKeys(one.address));
    return code === undefined ? one : { ...code, ...one, ...sourcesOf(code, one) };
  });
  const seen = new Set(planned.map(({ address }) => withoutKeys(address)));
  const rest = configured.filter(({ address }) => !seen.has(address));
  return [...together, ...rest].map((declaration) => chainOf(declaration, mode, systems));
}

/** Where the code tells of a secret, it does so for certain; a plan has to guess. */
function sourcesOf(code: Declaration, plan: Declaration): Pick<Declaration, "password" | "imapPassword"> {
  const password = code.password ?? plan.password;
  const imapPassword = code.imapPassword ?? plan.imapPassword;
  return { ...(password && { password }), ...(imapPassword && { imapPassword }) };
}

function chainOf(declaration: Declaration, mode: ProofMode, systems: readonly System[]): Chain {
  const { address } = declaration;
  try {
    const [test] = declaredTests([declaration]) as [MailTest];
    const { kept, leftOut } = mode === "send" ? attended(test, systems) : { kept: test, leftOut: [] };
    return { address, test: kept, leftOut: [...(test.remarks ?? []), ...leftOut] };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [problem] = error.problems;
    const { summary, got, fix } = problem!;
    const said = got === undefined ? "" : ` (${printableLine(got)})`;
    return { address, test: { unknown: `${summary}${said}. ${fix}` }, leftOut: [] };
  }
}

/** Without the platforms' own tests that would disturb somebody. */
function attended(test: MailTest, systems: readonly System[]): { kept: MailTest; leftOut: string[] } {
  const via = test.values["via"];
  if (!Array.isArray(via)) return { kept: test, leftOut: [] };
  const disturbs = (one: unknown) =>
    isObject(one) ? systems.find(({ name }) => name === one["system"])?.testDisturbs : undefined;
  const leftOut = via.flatMap((one) => {
    const why = disturbs(one);
    const system = isObject(one) ? String(one["system"]) : "";
    return why === undefined ? [] : [`the own test of ${system} is left out: ${why}`];
  });
  const kept = via.filter((one) => disturbs(one) === undefined);
  return {
    kept: { ...test, values: { ...test.values, via: kept.length === 0 ? null : kept } },
    leftOut: [...new Set(leftOut)],
  };
}
