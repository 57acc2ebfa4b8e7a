import { fstatSync, writeSync } from "node:fs";
import type { Screen } from "./surroundings";

/**
 * Standard output or standard error. To make a Node.js stream takes longer than everything else that is printed before
 * a command runs: help, the version, a problem with an option. Such text is written directly and synchronously.
 */
export class Output {
  private stream: NodeJS.WriteStream | undefined;
  private atOnce: boolean;

  constructor(
    private readonly descriptor: number,
    private readonly open: () => NodeJS.WriteStream,
    /** Called when the reader has gone. */
    private readonly onClosed: () => void = () => undefined,
  ) {
    this.atOnce = !mayBeScreen(descriptor);
  }

  /** Writes a text; waits for a slow reader only until {@link neverWait} is called. */
  write(text: string): void {
    const rest = this.atOnce ? this.writeAtOnce(Buffer.from(text)) : text;
    if (rest.length > 0) this.asStream().write(rest);
  }

  /** From now on a slow reader blocks nothing else: a running command has to receive signals. */
  neverWait(): void {
    this.atOnce = false;
  }

  get screen(): Screen | undefined {
    if (!mayBeScreen(this.descriptor)) return undefined;
    const stream = this.asStream();
    return stream.isTTY ? stream : undefined;
  }

  /** Writes synchronously, and returns what could not be written. */
  private writeAtOnce(text: Buffer): Buffer {
    let rest = text;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.descriptor, rest));
    } catch {
      // A non-blocking pipe that is full (EAGAIN), or one without a reader (EPIPE): a stream handles both.
      this.atOnce = false;
    }
    return rest;
  }

  private asStream(): NodeJS.WriteStream {
    return (this.stream ??= this.open().on("error", this.onClosed));
  }
}

/** Only a character device can be a terminal. */
function mayBeScreen(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return true;
  }
}
