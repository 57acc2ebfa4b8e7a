import type { AlignmentRequest } from "./alignment";
import { headerFields } from "./header-fields";

const ADDRESS = /<([^<>\s]{1,64}@[^<>\s]{1,253})>\s*$|^\s*([^<>\s",]{1,64}@[^<>\s",]{1,253})\s*$/;

/**
 * The address that readers see as the sender. Some servers replace the given address by the account's own; then SPF,
 * DKIM and DMARC judge that one. The declared address where the message has none.
 */
export function authorOf({ from, raw }: Pick<AlignmentRequest, "from" | "raw">): string {
  const fields = raw ? headerFields(raw).filter(({ name }) => name === "from") : [];
  const [, named, bare] = (fields.length === 1 && ADDRESS.exec(fields[0]!.value.slice(-400))) || [];
  return named ?? bare ?? from;
}
