/** The fields that differ from those sent, for people; null and an empty text are the same. */
export function notAsSent(held: object, sent: object): string[] {
  const shown = held as Readonly<Record<string, unknown>>;
  return Object.entries(sent)
    .filter(([name, value]) => (shown[name] ?? "") !== (value ?? ""))
    .map(([name]) => `${name} is ${JSON.stringify(shown[name] ?? null)}`);
}
