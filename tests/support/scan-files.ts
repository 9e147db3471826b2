/** Rule files and audit logs in a folder of their own that goes away after the tests of the file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

export const folder = mkdtempSync(join(tmpdir(), 'winnow-test-'));
after(() => rmSync(folder, { recursive: true }));

export function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** What every rule begins with. */
export const ruleHead = `
[metadata]
creation_date = "2026/01/02"
maturity = "production"
updated_date = "2026/03/04"

[rule]
author = ["Winnow"]
description = "A rule for a test."`;

/** A KQL rule over audit logs; `more` goes behind its keys. */
export const ruleText = (id: number, name: string, query: string, more = ''): string => `${ruleHead}
index = ["logs-kubernetes.audit_logs-*"]
language = "kuery"
name = "${name}"
query = '''
${query}
'''
risk_score = 47
rule_id = "00000000-0000-4000-8000-00000000000${id}"
severity = "medium"
type = "query"
${more}`;

interface Request {
  readonly second: number;
  readonly resource?: string;
  readonly subresource?: string;
  readonly stage?: string;
  readonly user?: string;
  /** What tells one request from another: the second at which it was received. */
  readonly id?: string;
}

/** A line of an audit log. */
export const line = ({
  second,
  resource = 'pods',
  subresource,
  stage = 'ResponseComplete',
  user = 'dev.alice',
  id = `${second}`,
}: Request): string => {
  const received = `2026-03-02T09:05:${id.padStart(2, '0')}.000137Z`;
  return `${JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: `82cda74f-6f8b-42bc-a127-6028c83c3d${id.padStart(2, '0')}`,
    stage,
    requestURI: `/api/v1/namespaces/shop/${resource}/cart`,
    verb: 'get',
    user: { username: user, groups: ['system:authenticated'] },
    sourceIPs: ['198.51.100.23'],
    userAgent: 'kubectl/v1.33.2 (linux/amd64) kubernetes/a57b6f7',
    objectRef: {
      resource,
      namespace: 'shop',
      name: 'cart',
      apiVersion: 'v1',
      ...(subresource && { subresource }),
    },
    responseStatus: { metadata: {}, code: 200 },
    requestReceivedTimestamp: received,
    stageTimestamp: `2026-03-02T09:05:${String(second).padStart(2, '0')}.012904Z`,
    annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' },
  })}\n`;
};
