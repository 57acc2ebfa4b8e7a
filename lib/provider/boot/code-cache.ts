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
  private readonly scripts = new Map<string, Script>();
  private readonly digests = new Map<string, string>();
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
    // Read for each part, and not held: a run would carry all of it in memory to its end.
    const kept = readStored(this.file).get(name);
    const digest = createHash("sha256").update(text, "latin1").digest("hex");
    const cachedData = kept?.digest === digest ? kept.data : undefined;
    const script = new Script(text, { filename: this.program, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) this.more = true;
    this.scripts.set(name, script);
    this.digests.set(name, digest);
    return script.runInThisContext();
  }

  /** Keeps what has been compiled until now, with the functions that this run has needed. Never fails: a cache may be missing. */
  keep(): void {
    if (this.file === undefined || !this.more) return;
    this.more = false;
    const next: Stored = readStored(this.file);
    for (const [name, script] of this.scripts) {
      next.set(name, { digest: this.digests.get(name)!, data: script.createCachedData() });
    }
    writeStored(this.file, next);
  }
}
