import { DialogueError } from "./dialogue";

/** Of a whole connection: an honest server says a hundredth of it. */
const MOST_BYTES = 65_536;
const MOST_LINES = 1_000;
/** More for each receiver, who is answered one by one. */
const BYTES_EACH = 4_096;
const LINES_EACH = 32;

/** Nodemailer reads otherwise than the pinned release: nobody would be guarded. Nothing about the server. */
export class UnguardedConnection extends Error {
  constructor() {
    super("nodemailer's connection has no _onData to be guarded; pin a release that has");
    this.name = "UnguardedConnection";
  }
}

/** What of nodemailer's connection has to be got hold of: it has no option for it. */
interface Reader {
  _onData?(chunk: Buffer): void;
}

/**
 * Counts what the server sends before nodemailer reads it. Nodemailer queues every empty line, and works on them
 * for minutes, long after the connection is closed. `onFlood` has to close it.
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
