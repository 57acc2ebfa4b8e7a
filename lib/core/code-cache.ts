import { createHash } from "node:crypto";
import { Script } from "node:vm";
import { readStored, writeStored, type Stored, type StoredPart } from "./stored-code";

/** A part of a program, compiled when it is first needed. */
export interface Source {
  readonly name: string;
  /** JavaScript, an expression. */
  readonly text: string;
  /** The path of the file that it comes from, for stack traces. */
  readonly file: string;
}

/** The V8 switches of the process: V8 takes code only under those under which it was kept. */
export interface Switches {
  /** Names what differs from V8's defaults within {@link withDefaults}. */
  readonly state: string;
  withDefaults<Result>(act: () => Result): Result;
}

/** Of a process that leaves V8's switches alone. */
export const UNCHANGED: Switches = { state: "usual", withDefaults: (act) => act() };

/** Stands in the name of an entry between the part and the state of the switches. */
const SEPARATOR = " ";

const partOf = (entry: string): string => entry.slice(0, entry.lastIndexOf(SEPARATOR));

/**
 * Compiles the parts of a program, and keeps V8's compiled code for the next process: Terraform starts a provider three times
 * for one plan, and without a cache each start compiles its JavaScript again. Cached code is used only for exactly the same
 * text, Node.js release and V8 flags, which V8 itself checks too.
 *
 * @see https://v8.dev/blog/code-caching-for-devs
 */
export class CodeCache {
  /** By the name of their entry, which no other state of the switches shares. */
  private readonly compiled = new Map<string, { readonly digest: string; readonly script: Script }>();
  private stored: Stored | undefined;
  /** Whether something was compiled that is not in the cache yet. */
  private more = false;

  /** @param file the cache; undefined for none */
  constructor(
    private readonly file: string | undefined,
    private readonly switches: Switches,
    /** Whether the program has a part. Parts of another build are dropped: their names depend on their content. */
    private readonly hasPart: (name: string) => boolean,
  ) {}

  /** Whether it has all that was compiled so far. */
  get isComplete(): boolean {
    return !this.more;
  }

  /** Evaluates the expression. */
  compile(source: Source): unknown {
    return this.switches.withDefaults(() => this.script(source)).runInThisContext();
  }

  private script({ name, text, file: filename }: Source): Script {
    const { file } = this;
    if (file === undefined) return new Script(text, { filename });
    const entry = this.entryOf(name);
    const kept = (this.stored ??= readStored(file)).part(entry);
    const digest = createHash("sha256").update(text).digest("hex");
    const cachedData = kept?.digest === digest ? kept.data : undefined;
    const script = new Script(text, { filename, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) this.more = true;
    this.compiled.set(entry, { digest, script });
    return script;
  }

  /** Writes all code compiled so far into the cache, with the functions that this run has called. Never fails. */
  keep(): void {
    const { file, stored } = this;
    if (file === undefined || stored === undefined || !this.more) return;
    this.more = false;
    const next = new Map<string, StoredPart>();
    const made = new Map([...this.compiled].filter(([entry]) => this.isOfNow(entry)));
    for (const entry of stored.names) {
      if (!this.hasPart(partOf(entry)) || made.has(entry)) continue;
      const part = stored.part(entry);
      if (part !== undefined) next.set(entry, part);
    }
    this.switches.withDefaults(() => {
      for (const [entry, { digest, script }] of made) next.set(entry, { digest, data: script.createCachedData() });
    });
    writeStored(file, next);
  }

  private entryOf(name: string): string {
    return `${name}${SEPARATOR}${this.switches.state}`;
  }

  /** Whether V8 would take it again where it is taken: it writes down the present state of the switches. */
  private isOfNow(entry: string): boolean {
    return entry === this.entryOf(partOf(entry));
  }
}
