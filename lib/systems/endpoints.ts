import { isUnknown } from "../terraform-plugin/values";
import { systems } from ".";
import type { SettingsWorld } from "./kit/settings";
import type { Configurable } from "./kit/settings-resolution";

/** A setting that says where a system is, or how it is spoken to, from outside of the configuration. */
export interface EndpointSetting {
  /** "OVH_ENDPOINT"; of a vendor's file "ovh.endpoint in ovh.conf", wherever that file lies. */
  readonly name: string;
  readonly value: string;
}

/** Whose login it is: a review is made with one that reads, and applied with one that writes. */
const OF_A_LOGIN: ReadonlySet<string> = new Set(["username", "scope", "auth_source"]);

/** The environment variables that say where systems are and how they are spoken to; none of them is part of a login. */
export function endpointVariables(of: readonly Configurable[] = systems): readonly string[] {
  return of.flatMap((system) => endpointFields(system).map(([, variable]) => variable));
}

/** Who says so here. */
export interface Surrounding {
  readonly endpoints: readonly EndpointSetting[];
  /** The vendors' own files that are read: "ovh.conf", wherever it lies. */
  readonly vendorFiles: readonly string[];
}

/**
 * What says so here: variables that are set, and where one is not, the vendor's own file. The provider's block may say
 * otherwise, which a configuration tells by itself.
 */
export function surroundingOf(world: SettingsWorld, of: readonly Configurable[] = systems): Surrounding {
  const told = of.map((system) => {
    const set = (field: string) => world.environment[system.settings.environment[field] ?? ""] || null;
    const opened = system.settings.file?.(set, world);
    const file = opened === undefined || isUnknown(opened) ? undefined : opened;
    const endpoints = endpointFields(system).flatMap(([field, variable]): EndpointSetting[] => {
      const fromVariable = set(field);
      if (fromVariable !== null) return [{ name: variable, value: fromVariable }];
      const written = file?.get(field);
      return written === undefined ? [] : [{ name: `${system.name}.${field} in ${file!.name}`, value: written.value }];
    });
    return { endpoints, vendorFiles: file === undefined ? [] : [file.name] };
  });
  return {
    endpoints: told.flatMap(({ endpoints }) => endpoints),
    vendorFiles: told.flatMap(({ vendorFiles }) => vendorFiles),
  };
}

function endpointFields({ settings: { attributes, environment, logins } }: Configurable): [string, string][] {
  const login = new Set(Object.values(logins).flatMap(({ needs }) => needs));
  return Object.entries(environment).filter(
    ([field]) => !login.has(field) && !OF_A_LOGIN.has(field) && attributes[field]?.sensitive !== true,
  );
}
