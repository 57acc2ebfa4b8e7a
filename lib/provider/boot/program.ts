import { fstatSync, openSync, readSync } from "node:fs";
import type * as zlib from "node:zlib";
import type { CodeCache } from "../../core/code-cache";
import type { Parts } from "./parts";
import type { V8Switches } from "./v8-switches";

/** The positions of a program's parts in its file, written by scripts/packed-parts.mjs. */
export interface Index {
  readonly parts: Readonly<Record<string, Place>>;
  /** The part of each module, by the name that the module is required by. */
  readonly modules: Readonly<Record<string, string>>;
  /** The first module to run. */
  readonly entry: string;
}

interface Place {
  /** In bytes. */
  readonly beforeEnd: number;
  readonly length: number;
  /** Plain JavaScript, or bytes in base64; those of a module are compressed JavaScript. */
  readonly form: "text" | "base64";
}

/** Replaces the end of a comment in a part, which lies in a comment itself; as in scripts/packed-parts.mjs. */
const END_OF_COMMENT = "*~/";

type Module = { exports: unknown };
type Factory = (module: Module, exports: unknown, require: (id: string) => unknown, parts: Parts) => void;
type Factories = Readonly<Record<string, Factory>>;

/** A program in one file, whose modules are loaded when they are first required. */
export class Program implements Parts {
  private readonly loaded = new Map<string, Module>();
  private readonly factories = new Map<string, Factories>();
  /** Kept open: another version may replace the file while this one runs. */
  private readonly descriptor: number;
  private readonly size: number;

  constructor(
    private readonly file: string,
    private readonly index: Index,
    private readonly cache: CodeCache,
    private readonly switches: V8Switches,
    private readonly requireOfNode: (id: string) => unknown,
  ) {
    this.descriptor = openSync(file, "r");
    this.size = fstatSync(this.descriptor).size;
  }

  run(): void {
    this.require(this.index.entry);
  }

  read(name: string): Buffer {
    const { bytes, form } = this.stored(name);
    return form === "base64" ? Buffer.from(bytes.toString("latin1"), "base64") : bytes;
  }

  compile(source: { readonly name: string; readonly text: string }): unknown {
    return this.cache.compile({ ...source, file: this.file });
  }

  save(): void {
    this.switches.save();
    // What was compiled by then could not be kept any more.
    if (this.cache.isComplete) this.switches.enterEfficiencyMode();
  }

  /** Requires a module of the program or of Node.js, as Node's own `require` does. */
  private readonly require = (id: string): unknown => {
    const part = this.index.modules[id];
    // Node has the code of its own modules in a cache, too.
    if (part === undefined) return this.switches.withDefaults(() => this.requireOfNode(id));
    const known = this.loaded.get(id);
    if (known !== undefined) return known.exports;
    const module: Module = { exports: {} };
    this.loaded.set(id, module);
    try {
      this.factoriesIn(part)[id]!(module, module.exports, this.require, this);
    } catch (error) {
      // The next attempt to require it reports the same error.
      this.loaded.delete(id);
      throw error;
    }
    return module.exports;
  };

  private factoriesIn(part: string): Factories {
    const known = this.factories.get(part);
    if (known !== undefined) return known;
    const factories = this.compile({ name: part, text: this.text(part) }) as Factories;
    this.factories.set(part, factories);
    return factories;
  }

  /** The text of a part: an expression for an object with a function for each module. */
  private text(part: string): string {
    const { bytes, form } = this.stored(part);
    if (form === "text") return bytes.toString("latin1").replaceAll(END_OF_COMMENT, "*/");
    const { inflateSync } = this.requireOfNode("node:zlib") as typeof zlib;
    return inflateSync(Buffer.from(bytes.toString("latin1"), "base64")).toString("latin1");
  }

  private stored(name: string): { readonly bytes: Buffer; readonly form: Place["form"] } {
    const { beforeEnd, length, form } = this.index.parts[name]!;
    const bytes = Buffer.allocUnsafeSlow(length);
    readSync(this.descriptor, bytes, 0, length, this.size - beforeEnd);
    return { bytes, form };
  }
}
