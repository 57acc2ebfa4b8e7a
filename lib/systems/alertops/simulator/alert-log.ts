import type { Clock } from "../../../core/clock";
import { without } from "../../kit/without";
import type { StoredIntegration } from "./integration-store";

export interface StoredAlert {
  readonly alert_id: number;
  readonly created_date: string;
  closed_date: string | null;
  status: "Open" | "Closed";
  readonly source: string;
  readonly source_id: string;
  readonly description: string;
  readonly integration: { readonly id: number; readonly name: string };
  /** Who was told: policy, groups and users by name. */
  readonly told: readonly string[];
  /** How often it was looked for; it is seen late, as work off a queue is. */
  looks: number;
}

const OPENS = /^(open|alert|reminder|problem)$/i;
const CLOSES = /^(close|closed|ok|recovery)$/i;

/** The alerts that arrived. Any JSON is taken; the generic mapping and that of the Uptrends template decide what it means. */
export class AlertLog {
  readonly alerts: StoredAlert[] = [];

  constructor(private readonly clock: Clock) {}

  reset(): void {
    this.alerts.splice(0);
  }

  /** Opens or closes an alert; what neither rule matches is taken and forgotten, as the vendor does. */
  receive(integration: StoredIntegration, body: unknown): void {
    if (integration.held["enabled"] === false) return;
    const fields = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
    const text = (...names: string[]) => String(names.map((name) => fields[name]).find(Boolean) ?? "");
    const sourceId = text("source_id", "incidentKey");
    const status = text("source_status", "alertType");
    const open = this.alerts.find((alert) => alert.source_id === sourceId && alert.status === "Open");
    if (CLOSES.test(status) && open !== undefined) {
      open.status = "Closed";
      open.closed_date = this.now();
    }
    if (!OPENS.test(status) || open !== undefined || sourceId === "") return;
    const { held, id } = integration;
    const names = [held["escalation_policy"], held["recipient_groups"], held["recipient_users"]].flat();
    this.alerts.push({
      alert_id: this.alerts.length + 1,
      created_date: this.now(),
      closed_date: null,
      status: "Open",
      source: text("source"),
      source_id: sourceId,
      description: text("description"),
      integration: { id, name: String(held["inbound_integration_name"]) },
      told: names.filter((name): name is string => typeof name === "string"),
      looks: 0,
    });
  }

  /** Newest first, `limit` at a time; the cursor is opaque to clients. */
  page(limit: number, cursor: string | undefined, looksUntilSeen: number) {
    for (const alert of this.alerts) alert.looks++;
    const seen = this.alerts.filter(({ looks }) => looks >= looksUntilSeen).reverse();
    const from = cursor === undefined ? 0 : Number(Buffer.from(cursor, "base64url").toString());
    const to = from + limit;
    return {
      alerts: seen.slice(from, to).map((alert) => without(alert, "looks", "told")),
      metadata: { next: to < seen.length ? Buffer.from(String(to)).toString("base64url") : null },
    };
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}
