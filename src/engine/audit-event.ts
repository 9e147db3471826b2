/** A Kubernetes audit event inside a document: the integrations keep it at different places. */
import type { JsonObject } from '../data/document.ts';
import { FieldsBelow, textAt, textsAt } from './alert/read.ts';

/** Where Elastic's integrations put the event: Kubernetes, and Azure's platform logs. */
const ROOTS = ['kubernetes.audit', 'azure.platformlogs.properties.log'].map((path) => new FieldsBelow(path));

export class AuditEvent {
  readonly #document: JsonObject;
  readonly #root: FieldsBelow;

  private constructor(document: JsonObject, root: FieldsBelow) {
    this.#document = document;
    this.#root = root;
  }

  /** Undefined for a document without one. */
  static in(document: JsonObject): AuditEvent | undefined {
    const root = ROOTS.find((one) => one.textAt(document, 'verb') !== undefined);
    return root === undefined ? undefined : new AuditEvent(document, root);
  }

  /** The first value of a field of the event, by its name in `audit.k8s.io/v1`. */
  text(path: string): string | undefined {
    return this.#root.textAt(this.#document, path);
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
    const audited = this.#root.textsAt(this.#document, 'sourceIPs');
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
