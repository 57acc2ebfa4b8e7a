import type * as z from "../core/zod";
import type { Vocabulary } from "../systems/kit/survey";
import { definitionOf, restOf, schemaFor } from "./schema";
import { knownName } from "./shown-values";

/** Counts of lists: without them a replay would look for more pages. They are not confidential. */
const COUNTS: ReadonlySet<string> = new Set([
  "@odata.count",
  "totalCount",
  "total",
  "limit",
  "offset",
  "page",
  "pageSize",
]);

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Replaces the values of answers by stand-ins of the same kind: equal values have equal stand-ins, so that ids in URLs
 * still refer to the same objects. Words of the contract and of the vendor stay.
 */
export class Masker {
  private readonly standIns = new Map<string, string>();
  private readonly counters = new Map<string, number>();

  /** The vendor's words that were kept: they also occur in URLs. */
  private readonly kept = new Set<string>();

  constructor(private readonly vocabulary: Vocabulary) {}

  answer(contract: z.ZodMiniType, value: unknown): unknown {
    return this.masked(contract, value, []);
  }

  /** An id as part of a URL; a word that is kept in answers is kept here too. */
  id(value: string): string {
    return this.kept.has(value) ? value : this.text(value);
  }

  private text(value: string): string {
    if (value === "") return value;
    const known = this.standIns.get(value);
    if (known !== undefined) return known;
    const made = this.make(value);
    this.standIns.set(value, made);
    return made;
  }

  private make(value: string): string {
    if (GUID.test(value)) return `00000000-0000-4000-8000-${String(this.next("guid")).padStart(12, "0")}`;
    if (/^\d+$/.test(value)) return String(1_000 + this.next("number"));
    if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(value)) return `192.0.2.${this.next("address") % 255}`;
    if (DATE.test(value)) return value.length > 10 ? "2000-01-01T00:00:00Z" : "2000-01-01";
    if (/^https?:\/\//i.test(value)) return `https://host-${this.next("url")}.example.com/`;
    if (value.includes("@")) return `user-${this.next("mail")}@example.com`;
    return `text-${this.next("text")}`;
  }

  private next(kind: string): number {
    const count = (this.counters.get(kind) ?? 0) + 1;
    this.counters.set(kind, count);
    return count;
  }

  /**
   * Whether a value is the vendor's word.
   *
   * @param members the members that lead to it, without lists
   */
  private isVocabulary(value: string, members: readonly string[]): boolean {
    const found = this.vocabulary[members.join(".")]?.exec(value);
    if (found?.[0] !== value) return false;
    this.kept.add(value);
    return true;
  }

  /**
   * Masks a value.
   *
   * @param schema undefined where the contract says nothing: then only the kind of value is kept
   */
  private masked(schema: z.ZodMiniType | undefined, value: unknown, members: readonly string[]): unknown {
    if (value === null || typeof value === "boolean" || value === undefined) return value;
    if (typeof value === "number") return COUNTS.has(members.at(-1) ?? "") ? value : this.number(value);
    const fitting = schema && schemaFor(schema, value);
    if (typeof value === "string") {
      return isWordOf(fitting) || this.isVocabulary(value, members) ? value : this.text(value);
    }
    if (fitting === undefined) return Array.isArray(value) ? [] : {};
    const { element, shape = {}, type } = definitionOf(fitting);
    if (Array.isArray(value)) return value.map((one: unknown) => this.masked(element, one, members));
    const rest = restOf(fitting);
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => {
        // Keys of a record may be names that people have chosen.
        const shown = Object.hasOwn(shape, name) ? name : type === "record" ? this.text(name) : this.name(name);
        return [shown, this.masked(shape[name] ?? rest, one, [...members, name])];
      }),
    );
  }

  private name(name: string): string {
    return knownName(name) === name ? name : this.text(name);
  }

  /** Whole numbers are usually ids. */
  private number(value: number): number {
    if (!Number.isInteger(value)) return 0.5;
    return value === 0 || value === -1 ? value : Number(this.text(String(Math.abs(value))));
  }
}

/** Whether a contract enumerates it: then it is the vendor's word. */
const isWordOf = (schema: z.ZodMiniType | undefined): boolean =>
  schema !== undefined && ["enum", "literal"].includes(definitionOf(schema).type);
