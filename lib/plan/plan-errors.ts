import { isObject } from "./masking";

/** An error of `terraform plan -json`: it kept Terraform from planning something. */
export interface PlanError {
  readonly summary: string;
  /** May have several lines; empty when there is none. */
  readonly detail: string;
  /** The resource instance that it is about; absent where it is about none. */
  readonly address?: string;
}

/**
 * The errors among the lines that `terraform plan -json` printed. Lines that are not JSON are ignored.
 *
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export function planErrors(output: string): PlanError[] {
  return output.split("\n").flatMap((line) => {
    const error = errorIn(line);
    return error === undefined ? [] : [error];
  });
}

/** The errors of the same output and its lines that are not JSON, for people. */
export function asPlainText(output: string): string {
  return output
    .split("\n")
    .flatMap((line) => {
      if (!line.startsWith("{")) return [line];
      const error = errorIn(line);
      if (error === undefined) return [];
      const { summary, detail, address } = error;
      return [`Error: ${summary}`, ...(address === undefined ? [] : [`  with ${address}`]), ...detail.split("\n"), ""];
    })
    .join("\n");
}

function errorIn(line: string): PlanError | undefined {
  if (!line.startsWith("{")) return undefined;
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return undefined;
  }
  const diagnostic = isObject(message) ? message["diagnostic"] : undefined;
  if (!isObject(diagnostic) || diagnostic["severity"] !== "error") return undefined;
  const { summary, detail, address } = diagnostic;
  return {
    summary: typeof summary === "string" ? summary : "",
    detail: typeof detail === "string" ? detail : "",
    ...(typeof address === "string" && address !== "" ? { address } : {}),
  };
}
