import { systems } from ".";
import type { Configurable } from "./kit/settings-resolution";

/** Whose login it is: a review is made with one that reads, and applied with one that writes. */
const OF_A_LOGIN: ReadonlySet<string> = new Set(["username", "scope", "auth_source"]);

/** The environment variables that say where systems are and how they are spoken to; none of them is part of a login. */
export function endpointVariables(of: readonly Configurable[] = systems): readonly string[] {
  return of.flatMap(({ settings: { attributes, environment, logins } }) => {
    const login = new Set(Object.values(logins).flatMap(({ needs }) => needs));
    return Object.entries(environment).flatMap(([field, variable]) =>
      login.has(field) || OF_A_LOGIN.has(field) || attributes[field]?.sensitive === true ? [] : [variable],
    );
  });
}
