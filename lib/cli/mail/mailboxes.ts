import { isObject } from "../../plan/masking";

/** One mailbox in an `outbound_test_email`. */
export interface DeclaredMailbox<T> {
  /** The setting that declares it: `imap`, `more_mailboxes[0]`. */
  readonly setting: string;
  readonly values: T;
}

/** The owner of the mailbox, by the values of its test. */
export function receiverOf({ values }: DeclaredMailbox<Readonly<Record<string, unknown>>>, to: unknown): string {
  const only: unknown = Array.isArray(to) ? to[0] : undefined;
  return String(values["receiver"] ?? only ?? "");
}

/** The mailboxes among the values of a test, that of `imap` first. */
export function mailboxesIn<T>(
  values: Readonly<Record<string, T>>,
): DeclaredMailbox<T & Readonly<Record<string, T>>>[] {
  const { imap, more_mailboxes: more } = values as Readonly<Record<string, unknown>>;
  const others: readonly unknown[] = Array.isArray(more) ? more : [];
  return [
    { setting: "imap", values: imap },
    ...others.map((one, index) => ({ setting: `more_mailboxes[${index}]`, values: one })),
  ].filter((one): one is DeclaredMailbox<T & Readonly<Record<string, T>>> => isObject(one.values));
}
