/** Issuer names of programs and firewalls that inspect mail and sign in the server's place. */
const INSPECTORS =
  /avast|\bavg\b|kaspersky|\beset\b|bitdefender|dr\.? ?web|norton|symantec|mcafee|trend ?micro|sophos|fortinet|fortigate|palo alto|zscaler|check ?point|sonic ?wall|watchguard|barracuda|netskope|forcepoint|websense|blue ?coat|smoothwall|untangle|cisco umbrella|mail shield|inspection|intercept|proxy|firewall|untrusted/i;

/** Whether an authority's name belongs to a device that intercepts connections, not to a mail server. */
export const isInspector = (name: string) => INSPECTORS.test(name);
