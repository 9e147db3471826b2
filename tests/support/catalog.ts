/** Small rule sets in memory, all of them written for the tests, and the catalogue of them. */
import { diagnostic } from '../../src/base/diagnostic.ts';
import { failure, success } from '../../src/base/result.ts';
import type { Behaviour } from '../../src/catalog/behaviour/model.ts';
import type { Built } from '../../src/catalog/assemble/assemble.ts';
import { buildCatalogue } from '../../src/catalog/assemble/assemble.ts';
import type { CheckoutFiles } from '../../src/catalog/files.ts';
import { harvestCheckout } from '../../src/catalog/harvest/checkout.ts';
import type { Catalogue } from '../../src/catalog/model.ts';

export type Contents = Readonly<Record<string, string>>;

/** A checkout in memory, whatever folder is asked for. */
export const memoryFiles = (contents: Contents, commit?: string): CheckoutFiles => ({
  list: async (_, isWanted) =>
    Object.keys(contents)
      .filter((path) => isWanted(path.split('/').at(-1) ?? ''))
      .toSorted(),
  read: async (_, path) => {
    const text = contents[path];
    return text === undefined ? failure(diagnostic('CAT001', 'it is gone')) : success(text);
  },
  commit: async () => commit,
  place: (folder) => folder.split('/'),
});

export const execRule = `
[metadata]
creation_date = "2026/01/02"
updated_date = "2026/03/04"
integration = ["kubernetes"]
maturity = "production"

[rule]
author = ["Elastic"]
rule_id = "exec"
name = "Shell in a pod"
description = "Someone opened a shell in a pod."
type = "query"
language = "kuery"
severity = "high"
license = "Elastic License v2"
query = '''
kubernetes.audit.objectRef.subresource:"exec" and not user.name:"system:serviceaccount:ci:runner"
'''
false_positives = ["Developers exec into pods to debug their own applications. Verify the namespace."]
note = """## Triage

> This guide was written with generative AI.

### False positive analysis

- Support staff exec into pods of customers on request. Consider adding an exception.
"""
[[rule.threat]]
framework = "MITRE ATT&CK"
tactic = { id = "TA0002", name = "Execution", reference = "" }
[[rule.threat.technique]]
id = "T1609"
name = "Container Administration Command"
reference = ""
`;

export const secretsRule = execRule
  .replace('"exec"\nname', '"secrets"\nname')
  .replace('Shell in a pod', 'Secrets of many namespaces read')
  .replace(/note = """[\s\S]*?"""\n/, '')
  .replace('T1609', 'T1552.007')
  .replace('Container Administration Command', 'Container API')
  .replace(
    /false_positives = .*/,
    'false_positives = ["A backup controller lists Secrets at night.", "Unknown"]',
  )
  .replace(/query = '''[\s\S]*?'''/, `query = 'kubernetes.audit.objectRef.resource:"secrets"'`);

const sigmaRule = `title: Service stopped
id: stop
status: test
author: Ann (Some Company)
date: 2026-01-02
tags: [attack.t1562.001, attack.defense-evasion]
logsource: {product: linux, category: process_creation}
detection:
    selection:
        Image|endswith: '/systemctl'
    filter_main_updates:
        ParentImage: '/usr/bin/dpkg'
    condition: selection and not filter_main_updates
falsepositives:
    - Administrators stop services for maintenance
level: low
`;

const splunkRule = `name: Kubernetes secrets counted
id: counted
author: Ann, Splunk
date: '2026-02-03'
status: deprecated
type: Hunting
search: '\`kube_audit\` objectRef.resource=secrets | stats count'
how_to_implement: Read the logs.
known_false_positives: A backup controller lists secrets at night.
tags: {mitre_attack_id: [T1552.007], asset_type: Kubernetes}
`;

export const checkouts: Readonly<Record<string, Contents>> = {
  elastic: { 'rules/kubernetes/exec.toml': execRule, 'rules/kubernetes/secrets.toml': secretsRule },
  sigma: { LICENSE: 'Detection Rule License (DRL) 1.1', 'rules/linux/stop.yml': sigmaRule },
  splunk: { 'detections/cloud/counted.yml': splunkRule },
};

/** The catalogue of checkouts by name, following another one. */
export async function catalogueOf(
  all: Readonly<Record<string, Contents>> = checkouts,
  { past, behaviours = [] }: { readonly past?: Catalogue; readonly behaviours?: readonly Behaviour[] } = {},
): Promise<Built> {
  const harvested = Object.entries(all).map(([name, contents]) =>
    harvestCheckout(name, memoryFiles(contents)),
  );
  return buildCatalogue({ checkouts: await Promise.all(harvested), behaviours, past });
}

/** A behaviour with what a test is about. */
export const behaviour = (given: Partial<Behaviour>): Behaviour => ({
  id: 'BP-0001',
  title: 'A backup lists Secrets',
  summary: '',
  looksLike: '',
  tellApart: [],
  hiding: '',
  actor: 'backup',
  families: ['backup-or-migration'],
  techniques: ['T1552'],
  dataSources: ['kubernetes'],
  gathers: { phrases: ['backup*'], without: [], techniques: [], rules: [] },
  file: 'BP-0001.toml',
  ...given,
});
