import { Construct, type IConstruct } from "constructs";
import { ProblemError } from "../core/problem";
import { LIBRARIES, type Library } from "../package/libraries";
import { TerraformStack } from "./cdktf";
import { twoLibraries } from "./errors";

/** The key under which jsii, the compiler of both libraries, describes a class. */
const RTTI = Symbol.for("jsii.rtti");

/** The library of a class or its ancestors; undefined for what depends on `constructs` alone. */
function libraryOf(madeBy: unknown): Library | undefined {
  for (let one = madeBy; typeof one === "function"; one = Object.getPrototypeOf(one)) {
    const written = Object.getOwnPropertyDescriptor(one, RTTI)?.value as { readonly fqn?: string } | undefined;
    const name = written?.fqn?.split(".", 1)[0];
    if (name === "cdktf" || name === "cdktn") return LIBRARIES[name];
  }
  return undefined;
}

/** Determined by the loaded classes: a package manager may install one library under the name of the other. */
const own = libraryOf(TerraformStack);

const isForeign = (construct: IConstruct): boolean => (libraryOf(construct.constructor) ?? own) !== own;
const mixed = (foreign: IConstruct, beside: IConstruct): ProblemError =>
  new ProblemError(twoLibraries(described(foreign), libraryOf(foreign.constructor)!.title, beside.node.path));
const described = (construct: IConstruct): string =>
  `${construct.constructor.name} ${JSON.stringify(construct.node.path)}`;

const watched = new WeakSet<IConstruct>();

/**
 * Checks that everything above `scope`, and at synth everything in its stack, belongs to the library that these constructs
 * are compiled for: CDKTF and CDK Terrain accept each other's constructs and fail on them later.
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

/** CDK Terrain reads every element before aspects and validations run, so this check must run even earlier. */
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
