import type { AlignmentRequest } from "./alignment";
import { headerFields } from "./header-fields";

const ADDRESS = /<([^<>\s]{1,64}@[^<>\s]{1,253})>\s*$|^\s*([^<>\s",]{1,64}@[^<>\s",]{1,253})\s*$/;

/**
 * The address that readers see as the sender. Some servers put the account's own in place of the one that was
 * given to them; then SPF, DKIM and DMARC are about that. The declared one where the message does not tell.
 */
export function authorOf({ from, raw }: Pick<AlignmentRequest, "from" | "raw">): string {
  const fields = raw ? headerFields(raw).filter(({ name }) => name === "from") : [];
  const [, named, bare] = (fields.length === 1 && ADDRESS.exec(fields[0]!.value.slice(-400))) || [];
  return named ?? bare ?? from;
}
