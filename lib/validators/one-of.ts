import type { Validator } from "../terraform-plugin/schema";
import { nearestNumber, nearestWord } from "./did-you-mean";
import { notOneOf } from "./errors";

/** One of a fixed set of words or numbers; a near miss is named in the fix. */
export function oneOf<const T extends string | number>(allowed: readonly T[]): Validator<Widened<T>> {
  const words = allowed.map(String);
  return {
    describes: `one of ${allowed.map((word) => `\`${word}\``).join(", ")}`,
    check(value) {
      if ((allowed as readonly unknown[]).includes(value)) return undefined;
      const nearest =
        typeof value === "number" ? String(nearestNumber(value, words.map(Number))) : quoted(nearestWord(value, words));
      return notOneOf(value, words, nearest);
    },
  };
}

type Widened<T> = T extends string ? string : number;

function quoted(word: string | undefined): string | undefined {
  return word === undefined ? undefined : JSON.stringify(word);
}
