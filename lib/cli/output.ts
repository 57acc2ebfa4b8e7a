import { fstatSync, writeSync } from "node:fs";
import type { Screen } from "./surroundings";

/**
 * One of the two ways out of the process. What Node.js makes a stream of takes longer to load than most of what is written
 * before a command runs takes in all: help, the version, what is wrong with an option. That is written at once.
 */
export class Output {
  private stream: NodeJS.WriteStream | undefined;
  private atOnce: boolean;

  constructor(
    private readonly descriptor: number,
    private readonly open: () => NodeJS.WriteStream,
    /** Nobody reads on. */
    private readonly onClosed: () => void = () => undefined,
  ) {
    this.atOnce = !mayBeScreen(descriptor);
  }

  /** A reader that is slow is waited for here only until {@link neverWait}. */
  write(text: string): void {
    const rest = this.atOnce ? this.writeAtOnce(Buffer.from(text)) : text;
    if (rest.length > 0) this.asStream().write(rest);
  }

  /** From now on a reader that is slow holds up nothing else: whoever runs hears signals, and has more to do. */
  neverWait(): void {
    this.atOnce = false;
  }

  get screen(): Screen | undefined {
    if (!mayBeScreen(this.descriptor)) return undefined;
    const stream = this.asStream();
    return stream.isTTY ? stream : undefined;
  }

  /** Gives what could not be written. */
  private writeAtOnce(text: Buffer): Buffer {
    let rest = text;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.descriptor, rest));
    } catch {
      // A pipe that is full and does not wait (EAGAIN), or nobody who reads (EPIPE): a stream deals with both.
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
