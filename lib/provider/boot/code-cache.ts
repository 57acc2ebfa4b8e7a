import { createHash } from "node:crypto";
import { Script } from "node:vm";
import type { Heap } from "./heap";
import { readStored, writeStored, type Stored, type StoredPart } from "./stored-cache";

/** What a program is made of: parts that are compiled when they are first needed. */
export interface Source {
  readonly name: string;
  /** JavaScript, an expression, in ASCII. */
  readonly text: string;
}

/**
 * Compiles the parts of a program, and keeps what V8 makes of them for the next process: Terraform starts a provider three
 * times for one plan, and without it each start reads its JavaScript anew. What is kept is taken only for exactly the same
 * text, the same Node.js and the same switches of V8, which V8 looks at as well.
 *
 * @see https://v8.dev/blog/code-caching-for-devs
 */
export class CodeCache {
  private readonly compiled = new Map<string, { readonly digest: string; readonly script: Script }>();
  private stored: Stored | undefined;
  /** Something was compiled that is not kept yet. */
  private more = false;

  /** @param file where it is kept; undefined to keep nothing */
  constructor(
    private readonly file: string | undefined,
    /** Where the program lies, for stack traces. */
    private readonly program: string,
    private readonly heap: Pick<Heap, "withDefaults">,
    /** What the program has. Parts of another build, whose names tell what was in them, are kept no longer. */
    private readonly hasPart: (name: string) => boolean,
  ) {}

  /** The value of the expression. */
  compile(source: Source): unknown {
    return this.heap.withDefaults(() => this.script(source)).runInThisContext();
  }

  private script({ name, text }: Source): Script {
    const { file, program: filename } = this;
    if (file === undefined) return new Script(text, { filename });
    const kept = (this.stored ??= readStored(file)).part(name);
    const digest = createHash("sha256").update(text, "latin1").digest("hex");
    const cachedData = kept?.digest === digest ? kept.data : undefined;
    const script = new Script(text, { filename, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) this.more = true;
    this.compiled.set(name, { digest, script });
    return script;
  }

  /** Keeps what has been compiled until now, with the functions that this run has needed. Never fails: a cache may be missing. */
  keep(): void {
    const { file, stored } = this;
    if (file === undefined || stored === undefined || !this.more) return;
    this.more = false;
    const next = new Map<string, StoredPart>();
    for (const name of stored.names) {
      if (!this.hasPart(name) || this.compiled.has(name)) continue;
      const part = stored.part(name);
      if (part !== undefined) next.set(name, part);
    }
    this.heap.withDefaults(() => {
      for (const [name, { digest, script }] of this.compiled) {
        next.set(name, { digest, data: script.createCachedData() });
      }
    });
    writeStored(file, next);
  }
}
