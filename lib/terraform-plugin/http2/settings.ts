import { ConnectionError, ErrorCode, LARGEST_PAYLOAD, LARGEST_WINDOW } from "./frames";

/** @see https://www.rfc-editor.org/rfc/rfc9113#section-6.5.2 */
export const Setting = { mostStreams: 3, initialWindow: 4, largestPayload: 5, largestHeaders: 6 } as const;

const ENTRY = 6;
const LARGEST_PAYLOAD_EVER = 0xff_ffff;

/** The peer's settings for data that it receives; undefined where it sends none. */
export interface PeerSettings {
  readonly window: number | undefined;
  readonly largestPayload: number | undefined;
}

export function encodeSettings(settings: Readonly<Record<number, number>>): Buffer {
  const entries = Object.entries(settings);
  const bytes = Buffer.alloc(entries.length * ENTRY);
  entries.forEach(([id, value], index) => {
    bytes.writeUInt16BE(Number(id), index * ENTRY);
    bytes.writeUInt32BE(value, index * ENTRY + 2);
  });
  return bytes;
}

/** @throws ConnectionError when a value is out of its range */
export function readSettings(payload: Buffer): PeerSettings {
  if (payload.length % ENTRY !== 0) throw new ConnectionError(ErrorCode.frameSize, "settings of another size");
  let window: number | undefined;
  let largestPayload: number | undefined;
  for (let at = 0; at < payload.length; at += ENTRY) {
    const id = payload.readUInt16BE(at);
    const value = payload.readUInt32BE(at + 2);
    if (id === Setting.initialWindow) {
      if (value > LARGEST_WINDOW) throw new ConnectionError(ErrorCode.flowControl, `a window of ${value} bytes`);
      window = value;
    }
    if (id === Setting.largestPayload) {
      if (value < LARGEST_PAYLOAD || value > LARGEST_PAYLOAD_EVER) {
        throw new ConnectionError(ErrorCode.protocol, `frames of ${value} bytes`);
      }
      largestPayload = value;
    }
  }
  return { window, largestPayload };
}
