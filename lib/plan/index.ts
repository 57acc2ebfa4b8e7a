/** Makes and reads Terraform's plans, and masks their secrets. */
export { changes, MASK, UNKNOWN, type Plan, type ResourceChange, type Values, type Verb } from "./plan";
export { BINDING_KINDS, bindingsOf, boundHash, isBoundToStack, type Binding, type BindingKind } from "./bindings";
export type { AmbiguousRename, Rename } from "./renames";
export type { PlanError } from "./plan-errors";
export { readPlanFile } from "./read-file";
export { readPlan } from "./read-plan";
export { failure, makePlan, unsetVariables, withPlan, type RunTerraform } from "./run-plan";
export { findStack, findStacks, findStacksNamed, type Stack } from "./stack";
export { withoutWarnings } from "./terraform-json";
