import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import type { Redactor } from "../core/redaction";
import type { DeclaredCode } from "./declared";
import type { Invocation } from "./invocations";
import type { Renames } from "./renames";

/**
 * A plan after it was read: secret values are masked, and values that are not known yet are absent. Everything else is
 * as Terraform wrote it, so that ids and names can be compared: a text may quote a secret, and passes {@link
 * Plan.redactor} where it is shown.
 */
export interface Plan {
  /** "1.2" */
  readonly formatVersion: string;
  /** "1.11.4"; empty when the plan does not say. */
  readonly terraformVersion: string;
  /** When it was made, RFC 3339; empty when it does not say. Not part of the hash. */
  readonly timestamp: string;
  /** Managed resources, also those without a change; by address. */
  readonly resources: readonly ResourceChange[];
  /** What was changed outside of Terraform since its last refresh; by address. */
  readonly drift: readonly ResourceChange[];
  /** Data sources, read before or to be read during the apply; by address. */
  readonly data: readonly ResourceChange[];
  /** Managed resources that Terraform takes for two because their address has changed. */
  readonly renames: Renames;
  /** Outputs that change; by name. */
  readonly outputs: readonly OutputChange[];
  /** The values of the variables, secrets masked; those that are ephemeral are in no plan. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Actions that the apply invokes, in Terraform's order. */
  readonly invocations: readonly Invocation[];
  /** Provisioners, programs and configured providers of every module, in JSON and HCL. */
  readonly declared: readonly DeclaredCode[];
  /**
   * `sha256:…` over the changes of the apply. It does not cover which APIs receive them, nor what else runs: see
   * `boundHash`.
   */
  readonly hash: string;
  /** Knows every secret of the plan: everything that is shown passes it. */
  readonly redactor: Redactor;
}

export type Verb = "create" | "update" | "delete" | "replace" | "import" | "move" | "forget" | "read" | "none";

export interface ResourceChange {
  readonly address: string;
  /** The address before a `moved` block. */
  readonly previousAddress?: string;
  readonly type: string;
  readonly name: string;
  /** "registry.terraform.io/cdktf-outbound/outbound" */
  readonly provider: string;
  /** As Terraform lists them: `["delete", "create"]`. */
  readonly actions: readonly string[];
  readonly verb: Verb;
  /** Terraform's own word for the reason: `replace_because_cannot_update`. */
  readonly reason?: string;
  /** The id by which it is imported. */
  readonly importId?: string;
  /** An object that an interrupted replacement left behind. */
  readonly deposed?: string;
  /** Attributes that force the replacement, as `a.b[0]`. */
  readonly replacedBy: readonly string[];
  /** Null when it does not exist (yet or any more). */
  readonly before: Values | null;
  readonly after: Values | null;
  /** The paths whose new value only the apply will know, as `a.b[0]`. */
  readonly unknown: readonly string[];
  /**
   * The addresses of resources that each attribute refers to in the configuration, directly or through other
   * references.
   */
  readonly references: Readonly<Record<string, readonly string[]>>;
  /** Top-level attributes whose value changes, secret ones included. */
  readonly changed: readonly string[];
}

/** Attribute values: secrets are {@link MASK}, unknown ones are absent (undefined), unknown elements are {@link UNKNOWN}. */
export type Values = Readonly<Record<string, unknown>>;

export interface OutputChange {
  readonly name: string;
  readonly verb: Verb;
  readonly before: unknown;
  readonly after: unknown;
}

/** Replaces a secret. */
export const MASK = "(sensitive)";

/** Replaces an element of a list that only the apply will know. */
export const UNKNOWN = KNOWN_AFTER_APPLY;

/** The resources that the apply would change. */
export function changes(plan: Plan): ResourceChange[] {
  return plan.resources.filter(({ verb }) => verb !== "none");
}
