import type { WebRequest } from "../../kit/simulator/web";
import type { OvhSimulatorOptions } from "./options";
import * as refuse from "./refusals";

/** Reads one object by its number, or several at once. */
export function readByNumber<T>(
  request: WebRequest,
  name: string,
  one: (id: number) => T | undefined,
  options: Pick<OvhSimulatorOptions, "batch" | "largestBatch">,
) {
  // Not a named parameter: those are decoded, and the separator of the numbers may be encoded.
  const id = request.params["*"]!;
  const separator = request.headers["x-ovh-batch"] ?? (request.query as Record<string, string>)["batch"];
  const found = (text: string) => {
    if (!/^\d+$/.test(text)) throw refuse.invalidParameter(name, text, "long");
    const value = one(Number(text));
    if (value === undefined) throw refuse.noSuch(`${name} = ${text}`);
    return value;
  };
  if (!options.batch || typeof separator !== "string" || separator === "") return found(decodeURIComponent(id));
  const keys = id.split(separator);
  if (keys.length > (options.largestBatch ?? Infinity)) throw refuse.invalidParameter(name, id, "long");
  return keys.map((key) => {
    try {
      return { key, value: found(key), error: null };
    } catch (error) {
      return { key, value: null, error: { message: (error as Error).message } };
    }
  });
}
