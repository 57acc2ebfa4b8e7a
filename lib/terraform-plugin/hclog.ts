import { cutShort } from "../core/cut-short";
import type { LogFields, Logger } from "../core/log";
import { printableLine, printableLines } from "../core/printable";
import type { Redactor } from "../core/redaction";
import type { Environment } from "../core/environment";

export const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

export interface LoggerOptions {
  /** The lowest level; lines below it are not even formatted. @default nothing is logged */
  readonly level: Level | undefined;
  write(line: string): void;
  readonly redactor: Redactor;
  /** Milliseconds since 1970. */
  now(): number;
  /** The `@module` of each line. */
  readonly name: string;
}

/** Terraform cuts lines at 64 KB and cannot parse the rest. */
const LONGEST = 60_000;

/** The level that the user set by `TF_LOG_PROVIDER` or `TF_LOG`. */
export function levelFrom(env: Environment): Level | undefined {
  const asked = (env["TF_LOG_PROVIDER"] || env["TF_LOG"] || "").toLowerCase();
  if (asked === "json") return "trace";
  return LEVELS.find((level) => level === asked);
}

/**
 * Creates a logger for the JSON lines (hclog) that Terraform merges into its own log, each redacted as a whole.
 *
 * @see https://pkg.go.dev/github.com/hashicorp/go-hclog
 */
export function createLogger(options: LoggerOptions): Logger {
  const threshold = options.level === undefined ? LEVELS.length : LEVELS.indexOf(options.level);
  const at = (level: Level, rank: number) =>
    rank < threshold
      ? () => undefined
      : (message: string, fields?: LogFields) => options.write(formatLine(level, message, fields, options));
  return {
    trace: at("trace", 0),
    debug: at("debug", 1),
    info: at("info", 2),
    warn: at("warn", 3),
    error: at("error", 4),
  };
}

function formatLine(level: Level, message: string, fields: LogFields | undefined, options: LoggerOptions): string {
  const head = {
    "@level": level,
    "@message": printableLine(options.redactor.redact(message)),
    "@module": options.name,
    // Exactly six fractional digits, or Terraform treats the line as plain text.
    "@timestamp": new Date(options.now()).toISOString().replace("Z", "000Z"),
  };
  const redact = (text: string) => options.redactor.redact(text);
  const line = safely({ ...fields, ...head }, redact);
  if (Buffer.byteLength(line) <= LONGEST) return `${line}\n`;
  const cut = {
    ...head,
    "@message": cutShort(head["@message"], LONGEST / 6),
    cut_bytes: Buffer.byteLength(line) - LONGEST,
  };
  return `${safely(cut, redact)}\n`;
}

/**
 * Redacts and cleans every string separately, since Terraform shows what the JSON means; then redacts the line, where a name
 * next to a value may mark it as secret. If the latter removes a quote, the line is dropped, not the redaction.
 */
function safely(record: LogFields, redact: (text: string) => string): string {
  const plain = stringify(record, redact);
  const line = redact(plain);
  if (line === plain || isJson(line)) return line;
  return JSON.stringify({
    "@level": record["@level"],
    "@message": "(a line that could not be redacted in part)",
    "@module": record["@module"],
    "@timestamp": record["@timestamp"],
  });
}

function stringify(record: LogFields, redact: (text: string) => string): string {
  const above: object[] = [];
  return JSON.stringify(record, function (this: unknown, _key, value: unknown) {
    if (typeof value === "string") return printableLines(redact(value));
    if (typeof value === "bigint") return value.toString();
    if (value instanceof Error) return printableLines(redact(value.stack ?? `${value.name}: ${value.message}`));
    if (typeof value === "object" && value !== null) {
      while (above.length > 0 && above[above.length - 1] !== this) above.pop();
      if (above.includes(value)) return "(circular)";
      above.push(value);
    }
    return value;
  });
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
