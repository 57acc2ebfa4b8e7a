import type { SystemWords } from "../kit/words";

/** What this system is called, and what its refusals mean. */
export const ksaarWords: SystemWords = { name: "ksaar", title: "Ksaar" };
