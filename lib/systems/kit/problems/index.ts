/**
 * The standard problems, made from a system's words. A system's own `errors.ts` holds only what is special about it.
 */
export * from "./api";
export * from "./import";
export * from "./ownership";
export * from "./settings";
export * from "./writes";
