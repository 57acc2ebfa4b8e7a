/** A Terraform provider in TypeScript: declare schemas and handlers, then serve them. See README.md. */
export type { Logger } from "../core/log";
export { ProblemError, type Path, type Problem } from "../core/problem";
export { Redactor } from "../core/redaction";
export type { Action, ActionContext } from "./action";
export { createProviderService } from "./engine";
export { createLogger, levelFrom } from "./hclog";
export { protectStdout } from "./protect-stdout";
export type { Bound, ConfigureContext, ProviderDefinition } from "./provider";
export type * from "./resource";
export * from "./schema";
export { serve, type ServeOptions } from "./server";
export type { ProviderService } from "./service";
export { timeouts } from "./timeouts";
export { validateConfig } from "./validate";
export { Decimal, Dynamic, isUnknown, UNKNOWN, Unknown, type Type, type Value, type ValueObject } from "./values";
