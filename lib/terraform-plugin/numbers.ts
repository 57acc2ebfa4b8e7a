import { Decimal } from "./values";
import { Mismatch } from "./wire-errors";

/**
 * A number of Terraform. Those are 512-bit floats parsed from decimal text, so `0.1` in a configuration is *not* the double
 * 0.1. A JavaScript number therefore represents its shortest decimal text, which is what the user wrote. Every number has
 * exactly one form: `number` when its text survives a round trip, `bigint` for integers beyond 2^53, `Decimal` for the rest.
 */
export type AnyNumber = number | bigint | Decimal;

/** A longer number stays in scientific notation: `1e1000000000` must not become a gigabyte of zeros. */
const LONGEST = 4096;

interface Parts {
  readonly sign: "" | "-";
  /** The digits without leading or trailing zeros; empty for zero. */
  readonly digits: string;
  /** The value is digits × 10^exponent. */
  readonly exponent: number;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,10}))?$/;

function partsOf(text: string): Parts | undefined {
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", power = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const all = (whole + fraction).replace(/^0+/, "");
  let end = all.length;
  while (end > 0 && all.charCodeAt(end - 1) === 0x30) end--;
  if (end === 0) return { sign: "", digits: "", exponent: 0 };
  return {
    sign: sign === "-" ? "-" : "",
    digits: all.slice(0, end),
    exponent: Number(power) - fraction.length + (all.length - end),
  };
}

function textOf({ sign, digits, exponent }: Parts): string {
  if (digits === "") return "0";
  if (Math.abs(exponent) > LONGEST) return `${sign}${digits}e${exponent}`;
  if (exponent >= 0) return sign + digits + "0".repeat(exponent);
  const padded = digits.padStart(1 - exponent, "0");
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

/** Parses a decimal text; undefined when it is not a number. */
export function parseNumber(text: string): AnyNumber | undefined {
  const parts = partsOf(text);
  if (!parts) return undefined;
  const { digits, exponent } = parts;
  if (digits === "") return 0;
  if (exponent >= 0 && digits.length + exponent <= LONGEST) return fromInteger(BigInt(textOf(parts)));
  const double = Number(text);
  const back = partsOf(String(double));
  return back && back.digits === digits && back.exponent === exponent ? double : new Decimal(textOf(parts));
}

export function fromInteger(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/**
 * The number that a double from the wire represents: its exact binary value, which only sometimes equals its shortest text.
 */
export function fromDouble(double: number): AnyNumber {
  if (!Number.isFinite(double)) throw new Mismatch("a finite number", String(double));
  if (Number.isInteger(double)) return Number.isSafeInteger(double) ? double + 0 : BigInt(double);
  if (isExact(double)) return double;
  let scale = 0;
  let scaled = double;
  for (; !Number.isInteger(scaled); scale++) scaled *= 2;
  const parts = partsOf(`${BigInt(scaled) * 5n ** BigInt(scale)}e-${scale}`)!;
  return new Decimal(textOf(parts));
}

/** Whether the double is exactly the decimal it is printed as (0.5 is, 0.1 is not). */
export function isExact(double: number): boolean {
  const { exponent } = partsOf(String(double))!;
  // A binary fraction with d decimals is a multiple of 2^-d, and the other way round.
  return exponent >= 0 || Number.isInteger(double * 2 ** -exponent);
}

/** The decimal digits without an exponent, as Terraform itself writes numbers. */
export function decimalText(value: AnyNumber): string {
  if (typeof value === "bigint") return value.toString();
  const text = value instanceof Decimal ? value.digits : String(value);
  const parts = partsOf(text);
  if (!parts) throw new Mismatch("a finite number", text);
  return textOf(parts);
}

/** A count (a port, a number of minutes) or a number that is compared exactly (a version): `===` works for both. */
export type WholeNumber = number | bigint;

export function isAnyNumber(value: unknown): value is AnyNumber {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Decimal;
}

/** Whether the number has no fraction, however long it is. */
export function isWhole(value: AnyNumber): boolean {
  if (typeof value === "number") return Number.isInteger(value);
  // Decimal text writes a tiny number as digits with a negative power of ten.
  return typeof value === "bigint" || !/\.|e-/.test(value.digits);
}

/** The nearest double, infinity for the largest numbers: for comparing with bounds, not for computing. */
export function approximately(value: AnyNumber): number {
  return Number(value instanceof Decimal ? value.digits : value);
}

const LONGEST_SHOWN = 40;

/** The number for a message, shortened: nobody reads four thousand digits. */
export function shownNumber(value: AnyNumber): string {
  const text = value instanceof Decimal ? value.digits : String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}… (${text.length} digits)` : text;
}
