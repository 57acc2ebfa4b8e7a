import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import type { Redactor } from "../core/redaction";
import type { DeclaredCode } from "./declared";
import type { Renames } from "./renames";

/**
 * A plan as everything after the reader sees it: values that are secret are masked already, what is not known yet is absent.
 * All else is as Terraform wrote it, so that ids and names can be compared: a text may quote a secret, and passes
 * {@link Plan.redactor} where it is shown.
 */
export interface Plan {
  /** "1.2" */
  readonly formatVersion: string;
  /** "1.11.4"; empty when the plan does not say. */
  readonly terraformVersion: string;
  /** When it was made, RFC 3339; empty when it does not say. No part of the hash. */
  readonly timestamp: string;
  /** Managed resources, those without a change too; by address. */
  readonly resources: readonly ResourceChange[];
  /** What was changed outside of Terraform since it last looked; by address. */
  readonly drift: readonly ResourceChange[];
  /** Data sources, read before or to be read during the apply; by address. */
  readonly data: readonly ResourceChange[];
  /** Managed resources that are taken for two because their address has changed. */
  readonly renames: Renames;
  /** Outputs that change; by name. */
  readonly outputs: readonly OutputChange[];
  /** The values of the variables, secrets masked; those that are ephemeral are in no plan. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Provisioners, programs and configured providers of every module, however they are written. */
  readonly declared: readonly DeclaredCode[];
  /**
   * `sha256:…` over the changes of the apply. Whom they are sent to, and what else runs, is in none of them: see
   * `boundHash`.
   */
  readonly hash: string;
  /** Knows every secret of the plan: whatever is shown goes through it. */
  readonly redactor: Redactor;
}

export type Verb = "create" | "update" | "delete" | "replace" | "import" | "move" | "forget" | "read" | "none";

export interface ResourceChange {
  readonly address: string;
  /** Where it was before a `moved` block. */
  readonly previousAddress?: string;
  readonly type: string;
  readonly name: string;
  /** "registry.terraform.io/cdktf-outbound/outbound" */
  readonly provider: string;
  /** As Terraform lists them: `["delete", "create"]`. */
  readonly actions: readonly string[];
  readonly verb: Verb;
  /** Why Terraform does it, in its own word: `replace_because_cannot_update`. */
  readonly reason?: string;
  /** The id it is imported by. */
  readonly importId?: string;
  /** An object that an interrupted replacement left behind. */
  readonly deposed?: string;
  /** Attributes that force the replacement, as `a.b[0]`. */
  readonly replacedBy: readonly string[];
  /** Null when it does not exist (yet or any more). */
  readonly before: Values | null;
  readonly after: Values | null;
  /** The paths whose new value the apply will find out, as `a.b[0]`. */
  readonly unknown: readonly string[];
  /** What each attribute refers to in the configuration, references of references included: addresses of resources. */
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

/** Stands where a secret was. */
export const MASK = "(sensitive)";

/** Stands where a list has an element that only the apply will know. */
export const UNKNOWN = KNOWN_AFTER_APPLY;

/** What the apply would do anything to. */
export function changes(plan: Plan): ResourceChange[] {
  return plan.resources.filter(({ verb }) => verb !== "none");
}
