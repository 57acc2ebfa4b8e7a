import { ProblemError, type Problem } from "../../core/problem";
import { MAIL_EXITS } from "../../mail/diagnosis/exit-codes";
import { CodedError, UsageError } from "../errors";

/** What `probe` and `send` refuse before anything is contacted. */

/** The settings cannot be used: exit code 10. */
export const unusable = (...problems: Problem[]) => new CodedError(MAIL_EXITS.config.code, ...problems);

/** Runs `read`, which reads settings: its problems have exit code 10, unless they are the command line's. */
export async function asSettings<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ProblemError) || error instanceof UsageError || error instanceof CodedError) throw error;
    throw unusable(...error.problems);
  }
}

const usage = (code: string, rest: Omit<Problem, "code" | "severity">) =>
  new UsageError({ code: `cli/${code}`, severity: "error", ...rest });

export const passwordOnCommandLine = (option: string) =>
  usage("password-on-command-line", {
    summary: `${option} is not taken: everybody on this machine can read command lines, and shells keep them`,
    expected: `${option}-environment with the name of an environment variable`,
    fix: `Run \`read -rs SMTP_PASSWORD && export SMTP_PASSWORD\`, then give \`${option}-environment SMTP_PASSWORD\`. If the password was typed here, change it: it may stand in the history of the shell.`,
  });

/** `file` is the value of --transcript, which may have been meant as the server. */
export const nothingToTest = (file: string | true | undefined) =>
  usage("nothing-to-test", {
    summary: "It is not said what to test",
    expected: "the name of an SMTP server, --from-plan or --from-stack",
    ...(typeof file === "string" ? { got: `no server; ${file} was taken for the file of --transcript` } : {}),
    fix: "Name a server and --from, as in `outbound probe smtp.example.com --from alerts@example.com`, or run `npx cdktf synth` and give --from-stack.",
  });

export const optionMissing = (option: string, purpose: string) =>
  usage("option-missing", {
    summary: `${option} is missing`,
    expected: purpose,
    fix: "Add it; see --help of the command.",
  });

export const notTogether = (first: string, second: string, why: string) =>
  usage("options-exclude-each-other", {
    summary: `${first} and ${second} exclude each other`,
    fix: why,
  });

export const fileNotWritable = (option: string, path: string, evidence: string) =>
  usage("file-not-writable", {
    summary: `The file of ${option} cannot be written`,
    got: path,
    fix: "Make its directory first, or write somewhere else.",
    evidence,
  });

export const noTestsDeclared = (source: string) =>
  unusable({
    code: "cli/no-mail-tests",
    severity: "error",
    summary: `${source} declares no outbound_test_email, no outbound_smtp_probe, and no action that tests mail`,
    fix: "Declare one (`alerts.testAfterDeploy()`, PostDeployTest or DataSmtpProbe), or name the server on the command line.",
  });

export const noSuchTest = (only: string, addresses: readonly string[]) =>
  usage("no-such-mail-test", {
    summary: `There is no test ${only}`,
    got: only,
    expected: addresses.join(", "),
    fix: "Give one of these addresses to --only.",
  });

export const unknownAttribute = (address: string, attribute: string, variable: string | undefined): Problem => ({
  code: "cli/value-not-known",
  severity: "error",
  summary:
    variable === undefined
      ? `${address}: ${attribute} is known after the apply only`
      : `${address}: ${attribute} comes from a variable that has no value here`,
  expected: "a value that is known without an apply",
  fix:
    variable !== undefined
      ? `Set ${variable} as for the deployment; files with variables (.tfvars) are not read here.`
      : "Apply first and test from the state (`terraform show -json | outbound send --from-plan -`), or name the server on the command line.",
});

export function passwordUnknown(title: string, what: string, declared: string | undefined, option: string): Problem {
  return {
    code: "cli/password-source-unknown",
    severity: "error",
    summary: `${title}: it cannot be seen here where ${what} comes from`,
    ...(declared === undefined ? {} : { got: declared }),
    fix: `Give ${option} with the name of the environment variable that holds it.`,
  };
}

export function passwordNotSet(title: string, what: string, variable: string): Problem {
  return {
    code: "cli/variable-missing",
    severity: "error",
    summary: `The environment variable ${variable} is not set`,
    expected: `${what}, for ${title}`,
    fix: `Set it, for example with \`read -rs ${variable} && export ${variable}\`, so that the value stands neither in the shell history nor in the list of processes.`,
  };
}
