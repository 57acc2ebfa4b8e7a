import type { Cause } from "./cause";
import * as causes from "./causes";

/** Every cause of a refusal. */
export const allCauses: readonly Cause[] = Object.values(causes);
