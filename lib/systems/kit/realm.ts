import { createHash } from "node:crypto";
import type { ValueObject } from "../../terraform-plugin/values";

/** The place a system's objects live in: of two objects with one id and one place, there is only one. */
export interface Realm {
  /** The settings that name the place; never a credential. None where ids are unique without one. */
  readonly settings: readonly string[];
  /**
   * The place in one spelling, however the user wrote it. Undefined when a setting that it needs is missing.
   *
   * @throws ProblemError when a setting cannot be used
   */
  place(settings: ValueObject): readonly string[] | undefined;
}

/** Ids that are unique without knowing any setting. */
export const EVERYWHERE: { readonly settings: readonly never[]; place(): readonly string[] } = {
  settings: [],
  place: () => [],
};

/** A short name for a place, fit for files and logs. */
export function realmDigest(system: string, place: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([system, ...place]))
    .digest("hex")
    .slice(0, 16);
}
