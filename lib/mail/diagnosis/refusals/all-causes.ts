import type { Cause } from "./cause";
import * as causes from "./causes";

/** Everything that a refusal can mean. */
export const allCauses: readonly Cause[] = Object.values(causes);
