import type { Path, Problem } from "../../../core/problem";
import { prose, setting } from "../../../core/prose";
import type { ValueProblem } from "../../../terraform-plugin/schema";
import type { LoginKinds } from "../settings";
import { quoted, systemError, systemWarning, type SystemWords } from "../words";

/** The problems of settings that are missing, ambiguous, unusable or not known yet. */

/** The ways to give a missing setting. */
export interface MissingSetting {
  readonly field: string;
  readonly variable: string | undefined;
  /** How a user obtains its value; a sentence. */
  readonly hint?: string | undefined;
}

/** Required settings are missing. `file` names the vendor's own configuration file, if it has one. */
export function missingSettings(
  system: SystemWords,
  missing: readonly [MissingSetting, ...MissingSetting[]],
  file?: string,
): Problem {
  const names = missing.map(({ field }) => field);
  const hints = missing.flatMap(({ hint }) => (hint === undefined ? [] : [` ${hint}`]));
  return systemError(system, "missing-setting", {
    summary: `The provider does not know the ${enumerated(names, "and")} of ${system.title}`,
    path: missing.length === 1 ? [system.name, names[0]!] : [system.name],
    expected: missing.map(({ field, variable }) => ways(system, field, variable)).join("; "),
    fix: `Set ${system.name} = { ${names.map((field) => `${field} = …`).join(", ")} } in the provider block${variablesOf(missing)}${file === undefined ? "" : `, or write it to ${file}`}.${hints.join("")}`,
  });
}

const ways = ({ name }: SystemWords, field: string, variable: string | undefined) =>
  `the provider's attribute ${name}.${field}${variable === undefined ? "" : ` or the environment variable ${variable}`}`;

function variablesOf(missing: readonly MissingSetting[]): string {
  const variables = missing.flatMap(({ variable }) => (variable === undefined ? [] : [variable]));
  return variables.length === 0 ? "" : `, or ${enumerated(variables, "and")} in the environment`;
}

/** No login is given. */
export function noCredential(
  system: SystemWords,
  logins: LoginKinds,
  environment: Readonly<Record<string, string>>,
  file?: string,
): Problem {
  const kinds = Object.values(logins);
  const variables = kinds.map(({ needs }) =>
    enumerated(
      needs.map((field) => environment[field] ?? field),
      "and",
    ),
  );
  return systemError(system, "no-credential", {
    summary: `Nothing says how to log in to ${system.title}`,
    path: [system.name],
    expected: `one of: ${waysToLogIn(logins)}`,
    fix: `Set one of them in ${system.name} = { … } of the provider block, or in the environment (${variables.join("; or ")})${file === undefined ? "" : `, or write it to ${file}`}.`,
  });
}

/** Several logins are given, and none in a place that has priority over the others. */
export const severalCredentials = (
  system: SystemWords,
  logins: LoginKinds,
  found: readonly { readonly field: string; readonly source: string }[],
): Problem =>
  systemError(system, "several-credentials", {
    summary: `There is more than one way to log in to ${system.title}`,
    path: [system.name],
    got: found.map(({ field, source }) => `${field} from ${source}`).join(", "),
    expected: `exactly one of: ${waysToLogIn(logins)}`,
    fix: `Remove the values that are not meant, from where they stand; or give the login in the provider block (${system.name}), which hides those of the environment.`,
  });

/** A login is incomplete. */
export const halfACredential = (
  system: SystemWords,
  describes: string,
  found: readonly { readonly field: string; readonly source: string }[],
  missing: readonly [MissingSetting, ...MissingSetting[]],
  file?: string,
): Problem => {
  const problem = missingSettings(system, missing, file);
  const names = missing.map(({ field }) => field);
  return {
    ...problem,
    code: `${system.name}/half-a-credential`,
    summary: `The login to ${system.title} by ${describes} is incomplete: ${enumerated(names, "and")} ${names.length > 1 ? "are" : "is"} missing`,
    path: [system.name, names[0]!],
    got: found.map(({ field, source }) => `${field} from ${source}`).join(", "),
  };
};

/** A text that cannot be parsed as the type of its setting. Never used for secrets, which are texts. */
export const unreadableSetting = (system: SystemWords, source: string, got: string, expected: string): Problem =>
  systemError(system, "unreadable-setting", {
    summary: `The value of ${source} cannot be understood`,
    got: quoted(got),
    expected,
    fix: `Correct ${source}, or unset it.`,
  });

/** A valid duration that is unreasonably long. */
export const durationTooLong = (got: string, longest: string): ValueProblem => ({
  code: "provider/duration-too-long",
  severity: "error",
  summary: "This is longer than a request may take",
  got: quoted(got),
  expected: `at most ${longest}`,
  fix: `Write "${longest}" or less.`,
});

/** Why an address is unusable: it is not a URL, contains a login, or would send secrets unencrypted. */
export type AddressFault = "no-url" | "login" | "plain";

/** An unusable address. `example` is a usable one. */
export function badAddress(
  system: SystemWords,
  field: string,
  got: string,
  example: string,
  fault: AddressFault,
): Problem {
  const shown = got.replace(/\/\/[^/@]*@/, "//");
  const rest = shown.replace(/^\w+:\/\//, "");
  const summary = {
    "no-url": `The ${field} of ${system.title} is not an address`,
    login: `The ${field} of ${system.title} contains a user name or a password`,
    plain: `${system.title} would be called without encryption`,
  }[fault];
  const isHost = /^[\w.-]+(:\d+)?(\/\S*)?$/.test(rest);
  return systemError(system, "bad-url", {
    summary,
    path: [system.name, field],
    got: quoted(shown),
    expected: `https, such as ${example} (http only for this machine), and nothing before an @`,
    fix: isHost ? `Write it as ${quoted(`https://${rest}`)}.` : `Correct ${system.name}.${field}.`,
  });
}

/** @param cause what is wrong: "no such file" */
export const unreadableCertificate = (system: SystemWords, field: string, got: string, cause: string): Problem =>
  systemError(system, "unreadable-ca", {
    summary: `The CA certificate for ${system.title} cannot be read`,
    path: [system.name, field],
    got: `${quoted(got)}: ${cause}`,
    expected: "PEM text (-----BEGIN CERTIFICATE-----) or the path of a file that holds it",
    fix: `Correct ${system.name}.${field}. A path is relative to the folder that Terraform runs in.`,
  });

/** A value that is known only after apply is needed now. `what` completes "it is needed to …". */
export const notKnownYet = (system: SystemWords, fields: readonly string[], what: string): Problem =>
  systemError(system, "setting-not-known-yet", {
    summary: `The provider's ${enumerated(paths(system, fields), "and")} ${fields.length > 1 ? "are" : "is"} known only after apply, and needed before to ${what}`,
    path: settingPath(system, fields),
    got: "a value that another resource makes in the same run",
    expected: "a value that is known when Terraform plans",
    fix: prose`Take it from a variable or the environment, or apply the resource that makes it first (terraform apply -target=ADDRESS). A data source can wait: give it ${setting("depends_on")} with that resource.`,
  });

/** A warning, once a run: existing objects could not be read. */
export const notRefreshed = (system: SystemWords, fields: readonly string[]): Problem =>
  systemWarning(system, "not-refreshed", {
    summary: `${system.title} was not looked at: ${enumerated(paths(system, fields), "and")} ${fields.length > 1 ? "are" : "is"} known only after apply`,
    path: settingPath(system, fields),
    got: "the objects as they were at the last run",
    fix: "Nothing, if the system itself is made or changed in this run: the next plan looks at it. Else take the setting from a variable or the environment.",
  });

/** A warning of the plan: whether the login works could not be checked. */
export const loginUnchecked = (system: SystemWords, evidence: string): Problem =>
  systemWarning(system, "login-unchecked", {
    summary: `${system.title} could not be asked whether it accepts the login: the apply may fail`,
    path: [system.name],
    fix: `Nothing, if it is made in this run or is reached only from where the apply runs. Else check the address and the way to it before applying.`,
    evidence,
  });

/** A warning of the plan, once a run: the API's certificate has less than a third of its life left, and at most 30 days. */
export const certificateEndsSoon = (system: SystemWords, host: string, day: string, days: number): Problem =>
  systemWarning(system, "certificate-ends-soon", {
    summary: `The certificate of ${system.title} (${host}) expires on ${day}, ${days === 0 ? "within a day" : `in ${days} day${days === 1 ? "" : "s"}`}`,
    path: [system.name],
    fix: `Have it renewed on that server: from that day on, no plan and no apply reaches it.`,
  });

const paths = ({ name }: SystemWords, fields: readonly string[]) =>
  fields.length === 0 ? [name] : fields.map((field) => `${name}.${field}`);

const settingPath = ({ name }: SystemWords, fields: readonly string[]): Path =>
  fields.length === 1 ? [name, fields[0]!] : [name];

const waysToLogIn = (logins: LoginKinds) =>
  Object.values(logins)
    .map(({ needs, describes }) => `${needs.join(" + ")} (${describes})`)
    .join(", or ");

/** Joins items: `a`, `a and b`, `a, b and c`. */
function enumerated(items: readonly string[], last: string): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}
