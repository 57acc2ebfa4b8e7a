import type { SystemWords } from "../kit/words";

/** The names of this system, and the advice for its refusals. */
export const ksaarWords: SystemWords = { name: "ksaar", title: "Ksaar" };
