/** A stored secret as some platforms show it. Written back, the mask itself would become the secret. */
export function isMask(value: string | null | undefined): boolean {
  return typeof value === "string" && /^[*\u2022\u25CF\u2219\u00B7]{3,}$/.test(value);
}
