import type { Attributes } from "../../lib/terraform-plugin/schema";
import { UNKNOWN, type Value, type ValueObject } from "../../lib/terraform-plugin/values";

/** A resource block. Values may depend on the id of another address, which is unknown while that is to be made. */
export interface Block {
  readonly type: string;
  readonly values: ValueObject;
  /** Attribute name to the address whose `id` it has. */
  readonly references?: Readonly<Record<string, string>>;
  readonly createBeforeDestroy?: boolean;
}

export type Configuration = ReadonlyMap<string, Block>;

/** The addresses whose ids a block has. */
export const referencesOf = (block: Block | undefined): readonly string[] => Object.values(block?.references ?? {});

export interface Instance {
  readonly type: string;
  readonly value: ValueObject;
  readonly notes: Uint8Array;
  readonly dependsOn: readonly string[];
  readonly createBeforeDestroy: boolean;
  readonly tainted: boolean;
}

export interface Deposed extends Instance {
  readonly address: string;
}

/** What Terraform keeps from one run to the next. */
export class CoreState {
  readonly instances = new Map<string, Instance>();
  readonly deposed: Deposed[] = [];
}

export interface ApplyOptions {
  /** Addresses to be replaced although nothing differs (`-replace`). */
  readonly replace?: readonly string[];
  /** @default true */
  readonly refresh?: boolean;
  /** The plan is saved and applied by another command. @default false */
  readonly saved?: boolean;
  /** How many things are done at the same time. @default 10 */
  readonly parallelism?: number;
}

/** What a block says, with the ids that are known. */
export function resolved(
  attributes: Attributes,
  { values, references = {} }: Block,
  known: ReadonlyMap<string, ValueObject>,
): ValueObject {
  const empty = Object.keys(attributes).map((name): [string, Value] => [name, null]);
  const ids = Object.entries(references).map(([name, address]): [string, Value] => [
    name,
    known.get(address)?.["id"] ?? UNKNOWN,
  ]);
  return { ...Object.fromEntries(empty), ...values, ...Object.fromEntries(ids) };
}
