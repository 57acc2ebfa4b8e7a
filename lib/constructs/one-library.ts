import { Construct, type IConstruct } from "constructs";
import { ProblemError } from "../core/problem";
import { LIBRARIES, type Library } from "../package/libraries";
import { TerraformStack } from "./cdktf";
import { twoLibraries } from "./errors";

/** Where jsii, with which both libraries are made, writes down what a class is. */
const RTTI = Symbol.for("jsii.rtti");

/** The library whose class this is, or descends from; undefined for what stands on `constructs` alone. */
function libraryOf(madeBy: unknown): Library | undefined {
  for (let one = madeBy; typeof one === "function"; one = Object.getPrototypeOf(one)) {
    const written = Object.getOwnPropertyDescriptor(one, RTTI)?.value as { readonly fqn?: string } | undefined;
    const name = written?.fqn?.split(".", 1)[0];
    if (name === "cdktf" || name === "cdktn") return LIBRARIES[name];
  }
  return undefined;
}

/** By what was really loaded: a package manager may have been told to install one under the name of the other. */
const own = libraryOf(TerraformStack);

const isForeign = (construct: IConstruct): boolean => (libraryOf(construct.constructor) ?? own) !== own;
const mixed = (foreign: IConstruct, beside: IConstruct): ProblemError =>
  new ProblemError(twoLibraries(described(foreign), libraryOf(foreign.constructor)!.title, beside.node.path));
const described = (construct: IConstruct): string =>
  `${construct.constructor.name} ${JSON.stringify(construct.node.path)}`;

const watched = new WeakSet<IConstruct>();

/**
 * Makes sure that whatever is above and, when it is synthesised, in the stack of `scope` is of the library that these
 * constructs are made for: CDKTF and CDK Terrain take each other's constructs for their own, and break on them later.
 *
 * @returns the scope itself
 * @throws `constructs/two-libraries`, here or at synth
 */
export function inOneLibrary<T extends IConstruct>(scope: T): T {
  if (!Construct.isConstruct(scope)) return scope;
  const { scopes } = scope.node;
  const foreign = scopes.findLast(isForeign);
  if (foreign !== undefined) throw mixed(foreign, scope);
  const stack = scopes.find((one) => TerraformStack.isStack(one));
  if (stack !== undefined) watch(stack);
  return scope;
}

/** CDK Terrain looks into every element before aspects and validations have their turn, so this has to come before. */
function watch(stack: TerraformStack): void {
  if (watched.has(stack)) return;
  watched.add(stack);
  const prepare = stack.prepareStack;
  stack.prepareStack = () => {
    const foreign = stack.node.findAll().find(isForeign);
    if (foreign !== undefined) throw mixed(foreign, stack);
    prepare.call(stack);
  };
}
