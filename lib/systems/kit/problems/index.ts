/** The standard problems, built from a system's words. A system's own `errors.ts` holds only its specific ones. */
export * from "./api";
export * from "./import";
export * from "./ownership";
export * from "./settings";
export * from "./writes";
