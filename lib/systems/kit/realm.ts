import { createHash } from "node:crypto";
import type { ValueObject } from "../../terraform-plugin/values";

/** The place where a system's objects live: there is only one object with a given id in a given place. */
export interface Realm {
  /** The settings that determine the place; never a credential. None where ids are unique without one. */
  readonly settings: readonly string[];
  /**
   * The place in one spelling, however the user wrote it. Undefined when a required setting is missing.
   *
   * @throws ProblemError when a setting cannot be used
   */
  place(settings: ValueObject): readonly string[] | undefined;
}

/** The realm of ids that are unique without any setting. */
export const EVERYWHERE: { readonly settings: readonly never[]; place(): readonly string[] } = {
  settings: [],
  place: () => [],
};

/** A short name for a place, suitable for files and logs. */
export function realmDigest(system: string, place: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([system, ...place]))
    .digest("hex")
    .slice(0, 16);
}
