import { ProblemError, type Problem } from "../core/problem";
import { formsInWords, idOfParts, type ImportIdentity } from "./import-identity";
import { isWhollyKnown, type ValueObject } from "./values";

/** The errors of resource identities, in an `import` block or stored. */

/**
 * Returns the id that an `import` block means.
 *
 * @throws ProblemError when the identity fits no form of an id
 */
export function requireImportId(type: string, identity: ImportIdentity, parts: ValueObject): string {
  const id = isWhollyKnown(parts) ? idOfParts(identity, parts) : undefined;
  if (id === undefined) throw new ProblemError(incompleteIdentity(type, identity, parts));
  return id;
}

const incompleteIdentity = (type: string, identity: ImportIdentity, parts: ValueObject): Problem => ({
  code: "terraform/incomplete-identity",
  severity: "error",
  summary: `This \`identity\` says of no ${type} which one it is`,
  got: shown(parts),
  expected: formsInWords(identity),
  fix: "Write exactly these attributes into the `identity` of the `import` block, or its `id` in their place.",
});

export const newerIdentity = (type: string, stored: number, known: number) =>
  identityError("identity-too-new", {
    summary: `The identity of ${type} was written by a newer provider`,
    got: `identity version ${stored}`,
    expected: `${known} or older`,
    fix: "Use the provider version that last applied this state, or a newer one.",
  });

export const unreadableIdentity = (type: string, identity: ImportIdentity, got: string) =>
  identityError("unreadable-identity", {
    summary: `The stored identity of ${type} cannot be read`,
    got,
    expected: formsInWords(identity),
    fix: "It was damaged or edited by hand. Nothing was changed outside. Bring back an earlier state (`terraform.tfstate.backup`, or an older version in the backend), or let go of the object with `terraform state rm` and import it again.",
  });

const identityError = (code: string, problem: Omit<Problem, "code" | "severity">): ProblemError =>
  new ProblemError({ code: `terraform/${code}`, severity: "error", ...problem });

function shown(parts: ValueObject): string {
  const given = Object.entries(parts).filter(([, value]) => value !== null);
  const texts = given.map(([name, value]) =>
    isWhollyKnown(value)
      ? `${name} = ${JSON.stringify(typeof value === "bigint" ? String(value) : value)}`
      : `${name} = (not known yet)`,
  );
  return texts.length === 0 ? "nothing" : `{ ${texts.join(", ")} }`;
}
