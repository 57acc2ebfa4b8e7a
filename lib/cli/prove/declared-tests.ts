import { ProblemError } from "../../core/problem";
import { printableLine } from "../../core/printable";
import { withoutKeys } from "../../plan/addresses";
import type { ProofMode } from "../../proof/proof";
import type { System } from "../../systems/kit/system";
import { isObject } from "../../plan/masking";
import { declaredTests, type Declaration } from "../mail/declared";
import { isAction } from "../mail/from-action";
import type { MailTest } from "../mail/mail-test";
import type { Chain } from "./chain";

/**
 * The chains of the tests and probes that a stack declares. The plan has values that the configuration only refers to;
 * the configuration has the source of each secret. What is in neither is unknown, by name.
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
  const rest = configured.filter((one) => !seen.has(one.address) && isSettled(one));
  return [...together, ...rest].map((declaration) => chainOf(declaration, mode, systems));
}

/** A plan has no settings of an action that it does not invoke: what only Terraform evaluates, nobody else can find out. */
const isSettled = ({ address, unknown }: Declaration): boolean =>
  !isAction(address) || unknown.every(({ variable }) => variable !== undefined);

/** The code's source of a secret is certain; a plan's is a guess. */
function sourcesOf(code: Declaration, plan: Declaration): Pick<Declaration, "password" | "mailboxPasswords"> {
  const password = code.password ?? plan.password;
  return { ...(password && { password }), mailboxPasswords: { ...plan.mailboxPasswords, ...code.mailboxPasswords } };
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

/** Removes the platforms' own tests that would disturb somebody. */
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
