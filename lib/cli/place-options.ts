import type { Command } from "commander";
import type { System } from "../systems/kit/system";
import { collect } from "./repeated";

/** Adds an option for each system whose places have to be named: `--ovh-service pcc-192-0-2-10`. */
export function placeOptions(command: Command, systems: readonly System[]): Command {
  for (const { inventory } of systems) {
    const places = inventory?.places;
    if (places === undefined) continue;
    command.option(
      `--${places.option} <name>`,
      `${places.describes}, such as ${places.example}; may be repeated (also: ${places.variable})`,
      collect,
      [],
    );
  }
  return command;
}

/** The values of these options, by option. */
export function placesOfOptions(options: object, systems: readonly System[]): Record<string, readonly string[]> {
  const given: Readonly<Record<string, unknown>> = { ...options };
  return Object.fromEntries(
    systems.flatMap(({ inventory }) => {
      const option = inventory?.places?.option;
      if (option === undefined) return [];
      const property = option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      return [[option, (given[property] ?? []) as readonly string[]]];
    }),
  );
}
