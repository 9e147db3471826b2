/** A Kubernetes audit event inside a document: the integrations keep it at different places. */
import type { JsonObject } from '../data/document.ts';
import { textAt, textsAt } from './alert/read.ts';

/** Where Elastic's integrations put the event: Kubernetes, and Azure's platform logs. */
const ROOTS = ['kubernetes.audit', 'azure.platformlogs.properties.log'] as const;

export class AuditEvent {
  readonly #document: JsonObject;
  readonly #root: string;

  private constructor(document: JsonObject, root: string) {
    this.#document = document;
    this.#root = root;
  }

  /** Undefined for a document without one. */
  static in(document: JsonObject): AuditEvent | undefined {
    const root = ROOTS.find((path) => textAt(document, `${path}.verb`) !== undefined);
    return root === undefined ? undefined : new AuditEvent(document, root);
  }

  /** The first value of a field of the event, by its name in `audit.k8s.io/v1`. */
  text(path: string): string | undefined {
    return textAt(this.#document, `${this.#root}.${path}`);
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
    const audited = textsAt(this.#document, `${this.#root}.sourceIPs`);
    return audited.length > 0 ? audited : textsAt(this.#document, 'source.ip');
  }

  /** The Kubernetes integration writes an underscore for a dot in the keys of annotations. */
  annotation(key: string): string | undefined {
    return this.text(`annotations.${key}`) ?? this.text(`annotations.${key.replaceAll('.', '_')}`);
  }
}
