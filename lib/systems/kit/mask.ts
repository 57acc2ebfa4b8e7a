/**
 * Whether a text is the mask that some platforms show in place of a stored secret. Written back, the mask itself would
 * become the secret.
 */
export function isMask(value: string | null | undefined): boolean {
  return typeof value === "string" && /^[*\u2022\u25CF\u2219\u00B7]{3,}$/.test(value);
}
