/**
 * The address of the sandbox's mail server. A flow names the ip and port of the real SMTP server, and the port can only
 * be 25, 465, 587 or 2525, so a flow could not name "127.0.0.1 and any free port". On Linux the whole of 127.0.0.0/8 is
 * this machine: a random address of it, on 2525, lets many sandboxes run side by side. Elsewhere only 127.0.0.1
 * answers, and there can be one sandbox at a time.
 */
export function loopbackAddress(platform: string, random: () => number): string {
  if (platform !== "linux") return "127.0.0.1";
  // 127.0.x.y is avoided: resolvers (127.0.0.53) and names in /etc/hosts (127.0.1.1) use it.
  const part = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  return `127.${part(64, 250)}.${part(1, 254)}.${part(1, 254)}`;
}

/** The only unprivileged port among those a flow may name. */
export const smtpPort = 2525;
