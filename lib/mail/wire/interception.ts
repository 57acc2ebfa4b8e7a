/** Issuers by which programs and firewalls that look into mail sign in the server's place. */
const INSPECTORS =
  /avast|\bavg\b|kaspersky|\beset\b|bitdefender|dr\.? ?web|norton|symantec|mcafee|trend ?micro|sophos|fortinet|fortigate|palo alto|zscaler|check ?point|sonic ?wall|watchguard|barracuda|netskope|forcepoint|websense|blue ?coat|smoothwall|untangle|cisco umbrella|mail shield|inspection|intercept|proxy|firewall|untrusted/i;

/** True for the name of an authority that is no mail server's, but belongs to what stands on the way and reads along. */
export const isInspector = (name: string) => INSPECTORS.test(name);
