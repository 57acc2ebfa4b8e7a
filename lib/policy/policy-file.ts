import type { Acknowledgement } from "./acknowledgement";
import type { PolicyOptions } from "./options";

/**
 * The file beside the synthesised stack by which a review judges with the same options and knows what was acknowledged.
 */
export const POLICY_FILE = "outbound-policy.json";

export interface PolicyFile {
  readonly version: 1;
  readonly options: PolicyOptions;
  readonly acknowledgements: readonly Acknowledgement[];
}

/** The text of a policy file; the same policy gives the same bytes. */
export function writtenPolicy(options: PolicyOptions, acknowledgements: readonly Acknowledgement[]): string {
  const file: PolicyFile = { version: 1, options, acknowledgements };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}
