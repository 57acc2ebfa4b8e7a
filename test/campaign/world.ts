import type { Sandbox } from "../../lib/sandbox";

type Objects = ReturnType<Sandbox["objects"]>;

/** Made by nobody's decision, and different in each world. */
const ACCIDENTAL = /^(?:id|hash|sequence|\w*(?:Id|Guid))$/i;
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** What is set in all systems, without ids: two worlds that say the same are equal, in whatever order they came about. */
export function settingsOf(objects: Objects): readonly string[] {
  return objects
    .map(({ type, name, foreign, settings }) => JSON.stringify({ type, name, foreign, settings: meant(settings) }))
    .map((text) => text.replace(GUID, "GUID"))
    .sort();
}

/** What others have made, ids included. */
export const foreignIn = (objects: Objects): string =>
  JSON.stringify(objects.filter(({ foreign, builtIn }) => foreign && builtIn !== true));

/** What stands in one list and not in the other; a text that stands twice must stand twice. */
export function difference(got: readonly string[], wanted: readonly string[]): readonly string[] {
  const rest = [...wanted];
  const more = got.filter((one) => {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [...more.map((one) => `there is ${one}`), ...rest.map((one) => `there is no ${one}`)];
}

function meant(value: unknown): unknown {
  // Values with names mean the same in any order: the plugins of vROps keep the one in which they were written.
  if (Array.isArray(value)) return isNamed(value) ? value.map(meant).sort(byText) : value.map(meant);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // A creation leaves out what is not declared, and a change empties it: both mean that there is none.
      .filter(([name, inner]) => !ACCIDENTAL.test(name) && inner !== "" && inner !== null)
      .map(([name, inner]) => [name, meant(inner)]),
  );
}

const isNamed = (list: readonly unknown[]) =>
  list.every((one) => typeof one === "object" && one !== null && typeof (one as { name?: unknown }).name === "string");

const byText = (one: unknown, other: unknown) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
