import { DialogueError } from "./dialogue";

/** The limit for a whole connection: an honest server sends a hundredth of it. */
const MOST_BYTES = 65_536;
const MOST_LINES = 1_000;
/** Added for each receiver, since each gets an answer. */
const BYTES_EACH = 4_096;
const LINES_EACH = 32;

/**
 * Nodemailer reads its socket in another way than the pinned release, so that the guard would not work. It says nothing
 * about the server.
 */
export class UnguardedConnection extends Error {
  constructor() {
    super("nodemailer's connection has no _onData to be guarded; pin a release that has");
    this.name = "UnguardedConnection";
  }
}

/** The internals of nodemailer's connection that are needed: it has no option for this. */
interface Reader {
  _onData?(chunk: Buffer): void;
}

/**
 * Counts what the server sends before nodemailer reads it. Nodemailer queues every empty line, and processes them for
 * minutes, long after the connection is closed. `onFlood` has to close it.
 */
export function guardAgainstFlood(
  connection: object,
  receivers: number,
  onFlood: (error: DialogueError) => void,
): void {
  const reader = connection as Reader;
  const read = reader._onData?.bind(connection);
  if (read === undefined) throw new UnguardedConnection();
  let bytes = MOST_BYTES + receivers * BYTES_EACH;
  let lines = MOST_LINES + receivers * LINES_EACH;
  reader._onData = (chunk) => {
    bytes -= chunk.length;
    for (let at = chunk.indexOf(0x0a); at >= 0 && lines >= 0; at = chunk.indexOf(0x0a, at + 1)) lines -= 1;
    if (bytes < 0 || lines < 0) onFlood(new DialogueError("too-long", undefined));
    else read(chunk);
  };
}
