import type { SystemWords } from "../kit/words";

/** What this system is called, and what its refusals mean. */
export const ovhWords: SystemWords = { name: "ovh", title: "OVHcloud" };
