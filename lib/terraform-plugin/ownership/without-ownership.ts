import type { ObjectOwnership } from "./address";
import { cannotTake } from "./problems";

/**
 * The ownership of types without an identity, and of handlers called without an engine: every object that is found is free.
 */
export const withoutOwnership: ObjectOwnership = {
  twins: false,
  standing: async () => ({ kind: "free" }),
  take: async () => ({ kind: "free" }),
  refusal: (id) => cannotTake({ type: "resource", id, identity: "" }, { kind: "taken" }),
  passing: () => [],
};
