import { createHash } from "node:crypto";
import { Script } from "node:vm";
import type { Heap } from "./heap";
import { readStored, writeStored, type Stored, type StoredPart } from "./stored-cache";

/** A part of a program, compiled when it is first needed. */
export interface Source {
  readonly name: string;
  /** JavaScript, an expression, in ASCII. */
  readonly text: string;
}

/**
 * Compiles the parts of a program, and keeps V8's compiled code for the next process: Terraform starts a provider three times
 * for one plan, and without a cache each start compiles its JavaScript again. Cached code is used only for exactly the same
 * text, Node.js release and V8 flags, which V8 itself checks too.
 *
 * @see https://v8.dev/blog/code-caching-for-devs
 */
export class CodeCache {
  private readonly compiled = new Map<string, { readonly digest: string; readonly script: Script }>();
  private stored: Stored | undefined;
  /** Whether something was compiled that is not in the cache yet. */
  private more = false;

  /** @param file the cache; undefined for none */
  constructor(
    private readonly file: string | undefined,
    /** The path of the program, for stack traces. */
    private readonly program: string,
    private readonly heap: Pick<Heap, "withDefaults">,
    /** Whether the program has a part. Parts of another build are dropped: their names depend on their content. */
    private readonly hasPart: (name: string) => boolean,
  ) {}

  /** Evaluates the expression. */
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

  /** Writes all code compiled so far into the cache, with the functions that this run has called. Never fails. */
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
