import { compare } from "../../core/finding";
import type { Plan } from "../plan";
import type { Stack } from "../stack";
import { digestOf } from "../digest";
import { binding, BINDING_KINDS, linesOf, Normaliser, type Binding } from "./binding";
import { bindingsOfDeclared } from "./declared";
import { bindingsOfFolder } from "./folder";
import type { Environment } from "../../core/environment";
import { bindingsOfSurroundings } from "./surroundings";

export { BINDING_KINDS, type Binding, type BindingKind } from "./binding";

export interface BindingOptions {
  readonly environment: Environment;
  /** The project: paths below it are told as seen from it. */
  readonly workingDirectory: string;
  /** What says where a system is outside of the configuration: variables, a vendor's file; of no login. @default none */
  readonly endpoints?: readonly { readonly name: string; readonly value: string }[];
  /**
   * Files of vendors in the stack's own folder: what they say of endpoints is among those, and the logins in them differ between
   * who reviews and who applies. @default none
   */
  readonly vendorFiles?: readonly string[];
}

/**
 * What decides about the apply of a plan besides its changes. Without a stack (the JSON of a plan alone) only what the plan
 * says of it is known, and its hash is another one.
 */
export function bindingsOf(plan: Plan, stack: Stack | undefined, options: BindingOptions): readonly Binding[] {
  const { vendorFiles = [] } = options;
  const normaliser = new Normaliser(options.workingDirectory, plan.redactor);
  const written =
    stack === undefined ? [] : bindingsOfFolder(stack.directory, [stack.file, ...vendorFiles], normaliser);
  const found = [
    ...written,
    ...bindingsOfDeclared(plan.declared, written, normaliser),
    ...bindingsOfSurroundings(options.environment, options.endpoints ?? [], normaliser),
    ...Object.entries(plan.variables).map(([name, value]) => {
      const shown = normaliser.value(value);
      return binding("variable", `var.${name}`, shown, linesOf({ [`var.${name}`]: shown }));
    }),
  ];
  const rank = ({ kind }: Binding) => BINDING_KINDS.indexOf(kind);
  return found.sort((a, b) => rank(a) - rank(b) || compare(a.name, b.name) || compare(a.digest, b.digest));
}

/** Whether the stack itself was there to be looked at, not its plan alone. */
export const isBoundToStack = (bindings: readonly Binding[]): boolean =>
  bindings.some(({ kind }) => kind === "configuration");

/** `sha256:…` over the changes and all that they are bound to: what a review is given for, and nothing else. */
export function boundHash(plan: Plan, bindings: readonly Binding[]): string {
  return digestOf([plan.hash, ...bindings.map(({ kind, name, digest }) => [kind, name, digest])]);
}
