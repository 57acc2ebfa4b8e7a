import { compare } from "../../core/finding";
import type { Plan } from "../plan";
import type { Stack } from "../stack";
import { digestOf } from "../digest";
import { binding, BINDING_KINDS, linesOf, Normaliser, type Binding } from "./binding";
import { bindingsOfDeclared } from "./declared";
import { bindingsOfFolder } from "./folder";
import { bindingsOfInvocations } from "./invocations";
import type { Environment } from "../../core/environment";
import { bindingsOfSurroundings } from "./surroundings";

export { BINDING_KINDS, type Binding, type BindingKind } from "./binding";

export interface BindingOptions {
  readonly environment: Environment;
  /** The project's directory: paths below it are shown relative to it. */
  readonly workingDirectory: string;
  /**
   * What defines a system's address outside of the configuration: variables, a vendor's file; no logins. @default none
   */
  readonly endpoints?: readonly { readonly name: string; readonly value: string }[];
  /**
   * Files of vendors in the stack's own folder. Their addresses are among the endpoints, and their logins differ
   * between reviewers and pipelines. @default none
   */
  readonly vendorFiles?: readonly string[];
}

/**
 * Everything besides its changes that decides what the apply of a plan does. Without a stack (the JSON of a plan alone)
 * only what the plan says is known, and the hash differs.
 */
export function bindingsOf(plan: Plan, stack: Stack | undefined, options: BindingOptions): readonly Binding[] {
  const { vendorFiles = [] } = options;
  const normaliser = new Normaliser(options.workingDirectory, plan.redactor);
  const written =
    stack === undefined ? [] : bindingsOfFolder(stack.directory, [stack.file, ...vendorFiles], normaliser);
  const found = [
    ...written,
    ...bindingsOfDeclared(plan.declared, written, normaliser),
    ...bindingsOfInvocations(plan.invocations, normaliser),
    ...bindingsOfSurroundings(options.environment, options.endpoints ?? [], normaliser),
    ...Object.entries(plan.variables).map(([name, value]) => {
      const shown = normaliser.value(value);
      return binding("variable", `var.${name}`, shown, linesOf({ [`var.${name}`]: shown }));
    }),
  ];
  const rank = ({ kind }: Binding) => BINDING_KINDS.indexOf(kind);
  return found.sort((a, b) => rank(a) - rank(b) || compare(a.name, b.name) || compare(a.digest, b.digest));
}

/** Whether the stack itself was examined, not only its plan. */
export const isBoundToStack = (bindings: readonly Binding[]): boolean =>
  bindings.some(({ kind }) => kind === "configuration");

/** `sha256:…` over the changes and all that they are bound to: exactly what a review is an agreement to. */
export function boundHash(plan: Plan, bindings: readonly Binding[]): string {
  return digestOf([plan.hash, ...bindings.map(({ kind, name, digest }) => [kind, name, digest])]);
}
