import { approximately, type AnyNumber } from "../terraform-plugin/numbers";
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
        typeof value === "string"
          ? quoted(nearestWord(value, words))
          : String(nearestNumber(approximately(value), words.map(Number)));
      return notOneOf(value, words, nearest);
    },
  };
}

type Widened<T> = T extends string ? string : AnyNumber;

function quoted(word: string | undefined): string | undefined {
  return word === undefined ? undefined : JSON.stringify(word);
}
