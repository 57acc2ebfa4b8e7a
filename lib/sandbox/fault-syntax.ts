import { faultSyntax } from "./errors";
import type { Fault, FaultEffect } from "./faults";

/**
 * Reads a fault from the command line's `--fault`: `POST /dedicatedCloud/<any>/vrops/outgoingFlow reset-after times=2`.
 */
export function faultFromText(text: string): Fault {
  const [method, path, effect, ...rest] = text.trim().split(/\s+/);
  if (method === undefined || path === undefined || effect === undefined) {
    throw faultSyntax(text, "it needs a method, a path and an effect");
  }
  if (!/^[A-Z]+$/.test(method)) throw faultSyntax(text, `"${method}" is not an HTTP method`);
  if (!path.startsWith("/")) throw faultSyntax(text, `the path "${path}" does not begin with /`);
  const options = Object.fromEntries(rest.map((word) => splitOption(text, word)));
  return {
    path,
    effect: effectFromText(text, effect),
    ...(method === "ANY" ? {} : { method }),
    ...(options["system"] === undefined ? {} : { system: options["system"] }),
    ...(options["after"] === undefined ? {} : { after: count(text, options["after"]) }),
    ...(options["times"] === undefined
      ? {}
      : { times: options["times"] === "always" ? "always" : count(text, options["times"]) }),
  };
}

function splitOption(text: string, word: string): [string, string] {
  const [name = "", value = ""] = word.split("=", 2);
  if (!["system", "after", "times"].includes(name) || value === "") throw faultSyntax(text, `"${word}" is no option`);
  return [name, value];
}

function effectFromText(text: string, word: string): FaultEffect {
  const [kind, value] = word.split("=", 2);
  switch (kind) {
    case "status": {
      const status = count(text, value ?? "");
      if (status < 200 || status > 599) throw faultSyntax(text, `${status} is not an HTTP status`);
      return { kind, status };
    }
    case "fake-success": {
      if (value === undefined) return { kind };
      const status = count(text, value);
      if (status < 200 || status > 299) throw faultSyntax(text, `${status} is no success`);
      return { kind, status };
    }
    case "delay":
    case "slow-body":
      return { kind, ms: count(text, value ?? "") };
    case "maintenance":
    case "reset-before":
    case "reset-after":
    case "truncated":
      return { kind };
    case "stale":
      if (value === undefined) return { kind };
      if (value !== "next-write" && value !== "last-write") throw faultSyntax(text, `"${value}" is no beginning`);
      return { kind, from: value };
    case "omit":
      return value === undefined ? { kind } : { kind, id: value };
    default:
      throw faultSyntax(text, `"${word}" is no effect`);
  }
}

function count(text: string, digits: string): number {
  if (!/^\d+$/.test(digits)) throw faultSyntax(text, `"${digits}" is not a number`);
  return Number(digits);
}
