/** A Kubernetes audit event inside a document: the integrations keep it at different places. */
import type { JsonObject } from '../data/document.ts';
import { FieldsBelow, textAt, textsAt } from './alert/read.ts';

/** Where Elastic's integrations put the event: Kubernetes, and Azure's platform logs. */
const ROOTS = ['kubernetes.audit', 'azure.platformlogs.properties.log'].map((path) => new FieldsBelow(path));

/** What was asked last: an alert asks for its reason, its entity and its stage. */
let last: { readonly document: JsonObject; readonly event: AuditEvent | undefined } | undefined;

export class AuditEvent {
  readonly #document: JsonObject;
  readonly #root: FieldsBelow;
  /** The event itself, where all of it is in one object. */
  readonly #event: JsonObject | undefined;

  private constructor(document: JsonObject, root: FieldsBelow) {
    this.#document = document;
    this.#root = root;
    this.#event = root.objectIn(document);
  }

  /** Undefined for a document without one. */
  static in(document: JsonObject): AuditEvent | undefined {
    if (last?.document !== document) last = { document, event: AuditEvent.#in(document) };
    return last.event;
  }

  static #in(document: JsonObject): AuditEvent | undefined {
    for (const root of ROOTS) {
      const event = new AuditEvent(document, root);
      if (event.text('verb') !== undefined) return event;
    }
    return undefined;
  }

  /** The first value of a field of the event, by its name in `audit.k8s.io/v1`. */
  text(path: string): string | undefined {
    return this.#event === undefined ? this.#root.textAt(this.#document, path) : textAt(this.#event, path);
  }

  /** Who was authenticated. Some documents have this and what follows only as the fields of ECS. */
  get user(): string | undefined {
    return this.text('user.username') ?? textAt(this.#document, 'user.name');
  }

  get userAgent(): string | undefined {
    return this.text('userAgent') ?? textAt(this.#document, 'user_agent.original');
  }

  /** The last one was seen by the API server; whatever stands before it, the client claims (kubernetes §1.1). */
  get addresses(): string[] {
    const audited =
      this.#event === undefined
        ? this.#root.textsAt(this.#document, 'sourceIPs')
        : textsAt(this.#event, 'sourceIPs');
    return audited.length > 0 ? audited : textsAt(this.#document, 'source.ip');
  }

  /** The authoriser's. The Kubernetes integration writes an underscore for a dot in the keys of annotations. */
  get decision(): string | undefined {
    return (
      this.text('annotations.authorization.k8s.io/decision') ??
      this.text('annotations.authorization_k8s_io/decision')
    );
  }
}
