import { fstatSync, openSync, readSync } from "node:fs";
import type * as zlib from "node:zlib";
import type { CodeCache } from "./code-cache";
import type { Garbage, Heap } from "./heap";
import type { Parts } from "./parts";

/** Where the parts of a program lie in its file: written by scripts/packed-parts.mjs. */
export interface Index {
  readonly parts: Readonly<Record<string, Place>>;
  /** By the names that modules are required by: the part that each is in. */
  readonly modules: Readonly<Record<string, string>>;
  /** The module that begins. */
  readonly entry: string;
}

interface Place {
  /** In bytes. */
  readonly beforeEnd: number;
  readonly length: number;
  /** JavaScript as it is, or bytes in base64: those of a module are packed JavaScript. */
  readonly form: "text" | "base64";
}

/** A part's text must not end the comment that it lies in: the same in scripts/packed-parts.mjs. */
const END_OF_COMMENT = "*~/";

type Module = { exports: unknown };
type Factory = (module: Module, exports: unknown, require: (id: string) => unknown, parts: Parts) => void;
type Factories = Readonly<Record<string, Factory>>;

/** A program in one file, of which each module is loaded when it is first required. */
export class Program implements Parts {
  private readonly loaded = new Map<string, Module>();
  private readonly factories = new Map<string, Factories>();
  /** Kept open: the file may be replaced by another version's while this one runs. */
  private readonly descriptor: number;
  private readonly size: number;

  constructor(
    file: string,
    private readonly index: Index,
    private readonly cache: CodeCache,
    private readonly heap: Heap,
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
    return this.cache.compile(source);
  }

  keepSmall(garbage: Garbage): void {
    this.heap.keepSmall(garbage);
  }

  /** As Node's own: of a module of the program, or of Node.js. */
  private readonly require = (id: string): unknown => {
    const part = this.index.modules[id];
    if (part === undefined) return this.requireOfNode(id);
    const known = this.loaded.get(id);
    if (known !== undefined) return known.exports;
    const module: Module = { exports: {} };
    this.loaded.set(id, module);
    try {
      this.factoriesIn(part)[id]!(module, module.exports, this.require, this);
    } catch (error) {
      // Whoever requires it again hears again why it cannot be loaded.
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

  /** An expression: an object of functions, one for each module. */
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
