import type { WebApp } from "../systems/kit/simulator/web-app";
import { portInUse } from "./errors";

/** Listens on loopback only: a sandbox holds no valuable secrets, but it must not become a relay either. */
export async function listen(app: WebApp, port: number, purpose: string): Promise<string> {
  try {
    return await app.listen({ host: "127.0.0.1", port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") throw portInUse(`127.0.0.1:${port}`, purpose);
    throw error;
  }
}
