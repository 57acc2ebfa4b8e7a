import { isUnknown } from "../terraform-plugin/values";
import { systems } from ".";
import type { SettingsWorld } from "./kit/settings";
import type { Configurable } from "./kit/settings-resolution";

/** A setting from outside the configuration that determines where a system is, or how it is accessed. */
export interface EndpointSetting {
  /** Its name: "OVH_ENDPOINT"; in a vendor's file "ovh.endpoint in ovh.conf", wherever that file lies. */
  readonly name: string;
  readonly value: string;
}

/** The fields of a login. They differ legitimately: a review reads with one login, an apply writes with another. */
const OF_A_LOGIN: ReadonlySet<string> = new Set(["username", "scope", "auth_source"]);

/** The environment variables that determine where systems are and how they are accessed; none of them is part of a login. */
export function endpointVariables(of: readonly Configurable[] = systems): readonly string[] {
  return of.flatMap((system) => endpointFields(system).map(([, variable]) => variable));
}

/** The sources of such settings in this environment. */
export interface Surrounding {
  readonly endpoints: readonly EndpointSetting[];
  /** The vendors' own files that are read: "ovh.conf", wherever it lies. */
  readonly vendorFiles: readonly string[];
}

/**
 * The sources in this environment: variables that are set, and where one is not, the vendor's own file. The provider's block
 * may override them, which is visible in the configuration.
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
