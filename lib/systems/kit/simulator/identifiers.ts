/** A random text of `length` hexadecimal digits. */
export function hexadecimal(random: () => number, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
}

/**
 * Version 4 UUIDs from the sandbox's own randomness, so that a seeded sandbox repeats itself. The last group is `next`, so
 * that they are unique even when the randomness is constant, as in tests.
 */
export function uuids(random: () => number, next: () => number): () => string {
  return () => {
    const variant = ((Math.floor(random() * 16) & 3) | 8).toString(16);
    const head = [hexadecimal(random, 8), hexadecimal(random, 4), `4${hexadecimal(random, 3)}`];
    return [...head, variant + hexadecimal(random, 3), next().toString(16).padStart(12, "0")].join("-");
  };
}
