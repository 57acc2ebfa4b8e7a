import type { AnyNumber } from "./numbers";
import type { Type, Value } from "./values";

/** Functions of a provider, `provider::outbound::thumbprint(pem)`: pure, and callable before anything is configured. */

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
  /** Masked in everything that the provider says. @default false */
  readonly sensitive?: boolean;
}

type ArgumentsOf<P extends readonly Parameter[]> = { -readonly [K in keyof P]: ArgumentTypes[P[K]["type"]] };

export interface ProviderFunction<P extends readonly Parameter[] = readonly Parameter[]> {
  /** As it is written after `provider::<provider>::`. */
  readonly name: string;
  /** What it gives, in half a sentence. */
  readonly summary: string;
  /** What the reference page begins with; Markdown. */
  readonly description: string;
  readonly parameters: P;
  readonly returns: Type;
  /**
   * Equal arguments give equal results, on any machine and in any version. Arguments are known and not null.
   *
   * @throws ProblemError whose path begins with the name of the argument that is wrong
   */
  // A method: a function of exact arguments counts as one of any.
  call(args: ArgumentsOf<P>): Promise<Value> | Value;
}

/** Declares a function; exists so that `call` knows the types of its arguments. */
export function defineFunction<const P extends readonly Parameter[]>(declared: ProviderFunction<P>): ProviderFunction {
  // The engine hands over what it has decoded by these very parameters.
  return declared as unknown as ProviderFunction;
}
