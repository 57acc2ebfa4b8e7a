import { ProblemError, type Problem } from "../core/problem";

/** The errors of bytes and values between Terraform and the provider. */

type Steps = readonly (string | number)[];

/**
 * A value that does not fit its type, thrown from deep inside a codec. Containers prepend their step while it passes through
 * them ({@link under}); the codec's outermost call turns it into a `ProblemError`.
 */
export class Mismatch extends Error {
  readonly steps: (string | number)[] = [];

  constructor(
    readonly expected: string,
    readonly got: string,
  ) {
    super(`${expected} is required, got ${got}`);
  }
}

/** The same failure, found one step deeper. */
export function under(step: string | number, error: unknown): unknown {
  if (isRangeError(error)) return under(step, truncated());
  if (error instanceof Mismatch) error.steps.unshift(step);
  return error;
}

export const truncated = () => new Mismatch("more data", "the end of the message");

/** Whether `Buffer` was read past its end; by name, because the error may come from another realm. */
const isRangeError = (error: unknown) => (error as Error | undefined)?.name === "RangeError";

/** The final error of a codec: the place in Terraform's own notation, `["flows"][2]`. */
export function surfaced(direction: "decode" | "encode", error: unknown): unknown {
  if (isRangeError(error)) return surfaced(direction, truncated());
  if (!(error instanceof Mismatch)) return error;
  const place = renderSteps(error.steps);
  return new ProblemError({
    ...(direction === "decode" ? unreadableValue : unwritableValue)(place, error),
    path: error.steps,
  });
}

const unreadableValue = (place: string, { message, expected, got }: Mismatch): Problem => ({
  code: "terraform-plugin/unreadable-value",
  severity: "error",
  summary: place + message,
  got,
  expected,
  fix: "Terraform and the provider disagree about the schema. Run `terraform init -upgrade`; if it stays, report it with the provider's version.",
});

const unwritableValue = (place: string, { message, expected, got }: Mismatch): Problem => ({
  code: "terraform-plugin/unwritable-value",
  severity: "error",
  summary: place + message,
  got,
  expected,
  fix: "The provider returned a value that does not fit its own schema. This is a mistake in the provider: report it with its version.",
});

function renderSteps(steps: Steps): string {
  return steps.length === 0 ? "" : `${steps.map((step) => `[${JSON.stringify(step)}]`).join("")}: `;
}

export const unreadableMessage = (message: string, reason: string): ProblemError =>
  new ProblemError({
    code: "terraform-plugin/unreadable-message",
    severity: "error",
    summary: `A ${message} message could not be read: ${reason}`,
    fix: "The caller does not speak Terraform's plugin protocol 6. Start the provider through terraform.",
  });

export const startedByHand = (name: string): Problem => ({
  code: "terraform-plugin/started-by-hand",
  severity: "error",
  summary: `${name} is a Terraform provider: terraform starts it by itself`,
  fix: "Declare it in `required_providers` and run `terraform init` and `terraform plan`. To attach a debugger, start it with `--debug`.",
});

export const protocolNotOffered = (offered: string): Problem => ({
  code: "terraform-plugin/protocol-not-offered",
  severity: "warning",
  summary: "This Terraform does not offer plugin protocol 6",
  got: offered,
  expected: "6",
  fix: "Use Terraform 1.11 or OpenTofu 1.11, or later.",
});

export const noSocket = (reason: string): Problem => ({
  code: "terraform-plugin/no-socket",
  severity: "error",
  summary: "The provider found no place to listen for Terraform",
  fix: "Set TMPDIR to a directory you can write to (or free a port between PLUGIN_MIN_PORT and PLUGIN_MAX_PORT).",
  evidence: reason,
});

/** A handler threw something that is no `Problem`: a mistake in the provider. */
export const handlerFailed = (rpc: string, error: unknown): Problem => ({
  code: "terraform-plugin/handler-failed",
  severity: "error",
  summary: `The provider failed in ${rpc}`,
  fix: "This is a mistake in the provider. Run again with TF_LOG_PROVIDER=error and report the log with the provider's version.",
  evidence: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
});

export const unansweredCall = (rpc: string) => `the provider does not implement ${rpc}`;

const aborted = (code: string, summary: string, fix: string) =>
  new ProblemError({ code: `terraform-plugin/${code}`, severity: "error", summary, fix });

export const stopped = () =>
  aborted(
    "stopped",
    "Terraform asked the provider to stop",
    "Run the same command again: it goes on from what was recorded.",
  );
export const interrupted = () =>
  aborted("interrupted", "The run was interrupted", "Run the same command again: it goes on from what was recorded.");
export const cancelled = () =>
  aborted("cancelled", "Terraform cancelled the call or went away", "Run `terraform plan` to see what was recorded.");
