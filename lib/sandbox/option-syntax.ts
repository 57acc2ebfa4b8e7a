import { optionSyntax } from "./errors";

/** Options of simulators, by system and option. */
export type SimulatorOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A value in JSON; any other value is plain text, so that the release `9.0` stays a text. */
const JSON_VALUE = /^(?:true|false|null|-?\d{1,15}|[[{"][^]*)$/;

/**
 * Reads options of simulators as they are written on a command line: `uipath.edition=cloud`,
 * `vrops.authSources=[{"name":"ad"}]`.
 *
 * @throws ProblemError `sandbox/option-syntax`
 */
export function optionsFromTexts(texts: readonly string[]): SimulatorOptions {
  const options = new Map<string, Map<string, unknown>>();
  for (const text of texts) {
    const [, system, option, value] = /^([a-z]\w*)\.([A-Za-z]\w*)=([^]*)$/.exec(text) ?? [];
    if (system === undefined || option === undefined || value === undefined) {
      throw optionSyntax(text, "there is no system, option and value in it");
    }
    const of = options.get(system) ?? new Map<string, unknown>();
    if (of.has(option)) throw optionSyntax(text, "this option is set already");
    options.set(system, of.set(option, valueOf(text, value)));
  }
  return Object.fromEntries([...options].map(([system, of]) => [system, Object.fromEntries(of)]));
}

function valueOf(text: string, value: string): unknown {
  if (!JSON_VALUE.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch (error) {
    throw optionSyntax(text, (error as Error).message);
  }
}
