import type { ObjectOwnership } from "./address";
import { cannotTake } from "./problems";

/** For types without an identity, and for handlers called without an engine: whatever is found belongs to nobody. */
export const freeForAll: ObjectOwnership = {
  twins: false,
  standing: async () => ({ kind: "free" }),
  take: async () => ({ kind: "free" }),
  refusal: (id) => cannotTake({ type: "resource", id, identity: "" }, { kind: "taken" }),
  passing: () => [],
};
