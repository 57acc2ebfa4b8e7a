import type { Clock } from "../../../core/clock";
import { without } from "../../kit/without";
import type { StoredInboundIntegration } from "./integration-store";
import type { AlertOpsSimulatorOptions } from "./options";
import { readingOf, valueAt } from "./reading";

export interface StoredAlert {
  readonly alert_id: number;
  readonly created_date: string;
  closed_date: string | null;
  status: "Open" | "Closed";
  readonly source: string;
  readonly source_id: string;
  readonly description: string;
  readonly integration: { readonly id: number; readonly name: string };
  /** The notified policy, groups and users by name. */
  readonly told: readonly string[];
  /** How often clients have looked for it; it appears late, since alerts are processed from a queue. */
  looks: number;
}

/** The received alerts. Any JSON is accepted; the integration's mapping, or that of its template, determines its meaning. */
export class AlertLog {
  readonly alerts: StoredAlert[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly options: AlertOpsSimulatorOptions,
  ) {}

  reset(): void {
    this.alerts.splice(0);
  }

  /** Opens or closes an alert; a message that no rule matches is accepted and ignored, like the vendor does. */
  receive(integration: StoredInboundIntegration, body: unknown): void {
    if (integration.held["enabled"] === false) return;
    const fields = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
    const reading = readingOf(integration, this.options);
    if (reading === undefined) return;
    const sourceId = valueAt(fields, reading.sourceId);
    const open = this.alerts.find((alert) => alert.source_id === sourceId && alert.status === "Open");
    if (reading.closes(fields) && open !== undefined) {
      open.status = "Closed";
      open.closed_date = this.now();
    }
    if (!reading.opens(fields) || open !== undefined || sourceId === "") return;
    const { held, id } = integration;
    const names = [held["escalation_policy"], held["recipient_groups"], held["recipient_users"]].flat();
    this.alerts.push({
      alert_id: this.alerts.length + 1,
      created_date: this.now(),
      closed_date: null,
      status: "Open",
      source: reading.source,
      source_id: sourceId,
      description: valueAt(fields, "description"),
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
