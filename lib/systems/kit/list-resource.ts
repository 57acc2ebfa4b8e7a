import type { Problem } from "../../core/problem";
import type { ListResource } from "../../terraform-plugin/resource";
import { string, type Attributes, type Validator } from "../../terraform-plugin/schema";
import type { ValueObject } from "../../terraform-plugin/values";
import type { ListedCollection, UnknownCollection } from "./inventory";
import type { System, SystemResource } from "./system";
import { systemError, systemWarning, type ObjectWords } from "./words";

/** The list resources of a system for `terraform query`, from the system's own inventory. */
export function listResourcesOf({ inventory, resources }: System): readonly ListResource[] {
  if (inventory === undefined) return [];
  const { places } = inventory;
  return resources.map((resource) => ({
    schema: {
      type: resource.schema.type,
      description: `Lists what there is of \`${resource.schema.type}\`, whoever made it.`,
      attributes: places === undefined ? {} : placeAttribute(resource, places.attribute),
    },
    async list(config, { client, ...context }) {
      const { type } = resource.schema;
      const place = places === undefined ? [] : [String((config as ValueObject)[places.attribute])];
      const all = (await inventory.list(client, place, { ...context, only: type })).filter((one) => one.type === type);
      const { listed, refused } = listedAndRefused(all);
      for (const problem of problemsOf(refused, listed, resource.words)) context.report(problem);
      return listed.flatMap(({ items }) => items).map(({ importId, name }) => ({ id: importId, name }));
    },
  }));
}

/** The attribute for the place, as the resource itself declares it. */
function placeAttribute({ schema }: SystemResource, name: string): Attributes {
  const { description, validators } = schema.attributes[name]!;
  // It holds a place as text; an attribute taken from a schema has lost its value type.
  const ofText = validators as readonly Validator<string>[] | undefined;
  return { [name]: string("required", { description: firstSentence(description), validators: ofText }) };
}

const firstSentence = (text: string) => /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;

function listedAndRefused(all: Awaited<ReturnType<NonNullable<System["inventory"]>["list"]>>) {
  const listed = all.filter((one): one is ListedCollection => !("unknown" in one));
  const refused = all.filter((one): one is UnknownCollection => "unknown" in one);
  return { listed, refused };
}

/** Turns the unknown collections into problems; one that the login is not meant to see is only a warning. */
function problemsOf(
  refused: readonly UnknownCollection[],
  listed: readonly ListedCollection[],
  words: ObjectWords,
): readonly Problem[] {
  return refused.flatMap((one) => {
    if (one.outOfReach === true && listed.length > 0) return [notSeen(one, words)];
    return one.because ?? [notListed(one, words)];
  });
}

const notListed = ({ title, unknown }: UnknownCollection, { system }: ObjectWords): Problem =>
  systemError(system, "not-listed", {
    summary: `The ${title} could not be listed`,
    evidence: unknown,
    expected: `an answer of ${system.title}`,
    fix: "Nothing is known of what is there, which is not the same as nothing. Mend what the answer names and run it again.",
  });

const notSeen = ({ title, unknown }: UnknownCollection, { system }: ObjectWords): Problem =>
  systemWarning(system, "not-listed", {
    summary: `The ${title} are not in this list`,
    evidence: unknown,
    fix: "Nothing, if this login is not meant to see them. Else give it the right to.",
  });
