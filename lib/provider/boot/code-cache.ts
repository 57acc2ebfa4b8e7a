import { createHash } from "node:crypto";
import { Script } from "node:vm";
import { readStored, type Stored, writeStored } from "./stored-cache";

/** What a program is made of: itself, and the parts of it that are compiled when they are first needed. */
export interface Source {
  readonly name: string;
  /** JavaScript, an expression, in ASCII. */
  readonly text: string;
}

/**
 * Compiles the parts of a program, and keeps what V8 makes of them for the next process: Terraform starts a provider three
 * times for one plan, and without it each start reads a megabyte of JavaScript anew. What is kept is taken only for exactly
 * the same text, the same Node.js and the same switches of V8, which V8 looks at as well.
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
  ) {}

  /** The value of the expression. */
  compile({ name, text }: Source): unknown {
    if (this.file === undefined) return new Script(text, { filename: this.program }).runInThisContext();
    this.stored ??= readStored(this.file);
    const kept = this.stored.get(name);
    const digest = createHash("sha256").update(text, "latin1").digest("hex");
    const cachedData = kept?.digest === digest ? kept.data : undefined;
    const script = new Script(text, { filename: this.program, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) this.more = true;
    this.compiled.set(name, { digest, script });
    return script.runInThisContext();
  }

  /** Keeps what has been compiled until now, with the functions that this run has needed. Never fails: a cache may be missing. */
  keep(): void {
    if (this.file === undefined || !this.more) return;
    this.more = false;
    const next: Stored = new Map(this.stored);
    for (const [name, { digest, script }] of this.compiled) next.set(name, { digest, data: script.createCachedData() });
    writeStored(this.file, next);
  }
}
