import type { AnyNumber } from "./numbers";
import type { Type, Value } from "./values";

/**
 * The types of a function's arguments. Functions of a provider, `provider::outbound::thumbprint(pem)`, are pure, and
 * callable before anything is configured.
 */

export interface ArgumentTypes {
  string: string;
  number: AnyNumber;
  bool: boolean;
}

export interface Parameter<T extends keyof ArgumentTypes = keyof ArgumentTypes> {
  readonly name: string;
  readonly type: T;
  /** One sentence; Markdown. */
  readonly description: string;
  /** Masked in all output of the provider. @default false */
  readonly sensitive?: boolean;
}

type ArgumentsOf<P extends readonly Parameter[]> = { -readonly [K in keyof P]: ArgumentTypes[P[K]["type"]] };

export interface ProviderFunction<P extends readonly Parameter[] = readonly Parameter[]> {
  /** The name after `provider::<provider>::`. */
  readonly name: string;
  /** What it returns, in half a sentence. */
  readonly summary: string;
  /** The first paragraph of the reference page; Markdown. */
  readonly description: string;
  readonly parameters: P;
  readonly returns: Type;
  /**
   * Computes the result. Equal arguments give equal results, on any machine and in any version. Arguments are known and not
   * null.
   *
   * @throws ProblemError whose path begins with the name of the wrong argument
   */
  // A method, so that a function of exact argument types counts as a function of any.
  call(args: ArgumentsOf<P>): Promise<Value> | Value;
}

/** Declares a function, so that `call` knows the types of its arguments. */
export function defineFunction<const P extends readonly Parameter[]>(declared: ProviderFunction<P>): ProviderFunction {
  // The engine passes the values that it has decoded by these parameters.
  return declared as unknown as ProviderFunction;
}
