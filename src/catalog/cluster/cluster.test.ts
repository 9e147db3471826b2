import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSentences } from '../text/sentences.ts';
import { clusters, gistOf, sayTheSame } from './cluster.ts';

/*
 * Pairs labelled by hand, all of them written for this test. Texts of one group say the same; the pairs of `different`
 * look alike and do not.
 */

const same: readonly (readonly string[])[] = [
  [
    'Backup agents list the Secrets of every namespace at night.',
    'backup agents list secrets of every namespace at night',
    'Secrets of every namespace are listed by backup agents at night.',
    'The backup agents list the Secrets in every namespace at night. Verify whether the account is theirs.',
  ],
  [
    'Developers may exec into a pod to debug an application.',
    'A developer may exec into a pod to debug the application.',
    'Developers exec into pods to debug applications. Filter as needed.',
    'Legitimate developers may exec into pods to debug their application',
  ],
  ['Legitimate administration scripts', 'Legitimate administration script', 'Administration scripts.'],
  [
    'Software installers and updaters write to this registry key.',
    'Software installers and updaters may write to this registry key',
    'This registry key is written to by installers and updaters of software.',
    'Installers and updaters of software can write to the registry key.',
  ],
  [
    'A vulnerability scanner connects to every port of the subnet.',
    'Vulnerability scanners connect to every port of a subnet.',
    'Every port of the subnet may be connected to by vulnerability scanners.',
    'Vulnerability scanners may connect to all ports of the subnet.',
  ],
  [
    'The certificate controller renews certificates every month.',
    'The certificate controllers renew their certificates each month.',
    'Certificate controllers may renew certificates every month. Consider adding an exception.',
  ],
  [
    'Monitoring tools query the health endpoint of the kubelet.',
    'Monitoring tools may query the health endpoints of kubelets.',
    'The health endpoint of the kubelet is often queried by monitoring tools.',
    'A monitoring tool queries the health endpoint of a kubelet.',
  ],
  [
    'Network administrators scan the network to keep an inventory of devices.',
    'A network administrator may scan the network to keep the inventory of devices.',
    'Legitimate network administrators scanning networks to keep inventories of devices',
  ],
  [
    'Travelling employees sign in from other countries.',
    'Employees who are travelling sign in from other countries.',
    'Some employees sign in from other countries while travelling.',
    'Travelling employees may sign in from another country.',
  ],
  [
    'The deployment pipeline assumes a role in the production account.',
    'Deployment pipelines assume roles in the production account.',
    'Roles in the production account are assumed by the deployment pipeline.',
    'A deployment pipeline may assume a role in production accounts.',
  ],
  [
    'Help desk staff reset passwords on request.',
    'Help desk staff may reset a password on request.',
    'The help desk staff resets passwords on request. Ask for the ticket.',
  ],
  [
    'Antivirus software opens the memory of other processes.',
    'Antivirus software may open memory of other processes',
    'Memory of other processes is opened by legitimate antivirus software.',
    'The antivirus software opens memory of another process.',
  ],
  [
    'Entrypoint scripts of images change file permissions when the container starts.',
    'Entrypoint scripts in images may change permissions of files when containers start.',
    'An entrypoint script of the image changes file permissions when a container starts.',
  ],
  [
    'Configuration management tools restart services during the maintenance window.',
    'A configuration management tool may restart services during maintenance windows.',
    'Configuration management tools restart a service during a maintenance window. Filter as needed.',
  ],
  [
    'Penetration testers use this tool during an exercise.',
    'Penetration testers may use the tool during exercises.',
    'The tool may be used by penetration testers in an exercise.',
    'A penetration tester using these tools during an exercise',
  ],
  [
    'Log rotation compresses and moves old log files.',
    'Log rotation may compress and move old log files',
    'Old log files are compressed and moved during log rotation.',
    'The log rotation compresses and moves the old log file.',
  ],
  [
    'Storage drivers mount volumes of the node into their pods.',
    'A storage driver may mount a volume of the node into its pod.',
    'Storage drivers mount node volumes into pods.',
  ],
  [
    'The mail gateway rewrites links in messages.',
    'Mail gateways may rewrite links in messages.',
    'A mail gateway rewrites the links in a message. Verify the host name.',
  ],
  [
    'Users forget their password after a holiday and fail to log in.',
    'A user may forget the password after holidays and fail to log in.',
    'Users who forget passwords after a holiday fail to log in.',
  ],
  [
    'Database migrations export whole tables to a bucket.',
    'A database migration may export whole tables to a bucket.',
    'Database migrations export a whole table to buckets. Ask the data team.',
  ],
  [
    'Autoscalers create and delete nodes when load changes.',
    'An autoscaler may create and delete nodes when the load changes.',
    'Autoscalers creating and deleting nodes when load changes',
  ],
  [
    'Browser extensions of the company read local storage files.',
    'Local storage files may be read by browser extensions of the company.',
    'A browser extension of the company may read local storage files',
    'Company browser extensions read local storage files.',
  ],
  [
    'Package managers run maintainer scripts as root.',
    'A package manager runs the maintainer scripts as root.',
    'Package managers may run a maintainer script as root.',
    'Maintainer scripts are run as root by package managers.',
  ],
  [
    'Security researchers download samples into an isolated machine.',
    'A security researcher may download samples into isolated machines.',
    'Security researchers downloading a sample into an isolated machine.',
  ],
  [
    'Break-glass accounts are used when the identity provider is down.',
    'A break-glass account may be used when the identity provider is down.',
    'Break-glass accounts used when the identity provider was down. Confirm with the incident.',
  ],
  [
    'Printers on the network answer to service discovery.',
    'A network printer may answer to service discovery.',
    'Printers of the network answer service discovery.',
  ],
  [
    'Build agents download compilers and run them from the temporary folder.',
    'A build agent may download compilers and run them from a temporary folder.',
    'Build agents download a compiler and run it from the temporary folder.',
  ],
  [
    'Node bootstrap approves certificate signing requests of new nodes.',
    'Bootstrapping nodes approve certificate signing requests of new nodes.',
    'The node bootstrap may approve a certificate signing request of a new node.',
  ],
];

/** A mould with one word after the other in it, every two of them a pair. */
const mould = (text: string, words: readonly string[]): (readonly [string, string])[] =>
  words.flatMap((a, index) =>
    words.slice(index + 1).map((b) => [text.replace('*', a), text.replace('*', b)] as const),
  );

const different: readonly (readonly [string, string])[] = [
  ...mould(
    'A * may be deleted by a system or network administrator. Verify whether the user should be doing this.',
    ['bucket', 'trail', 'firewall rule', 'snapshot', 'key vault'],
  ),
  ...mould('A virtual machine may be * by an administrator.', [
    'created',
    'deleted',
    'restarted',
    'exported',
  ]),
  ...mould('Legitimate use of *', [
    'psexec',
    'kubectl',
    'certutil',
    'the remote registry',
    'tunnels',
    'screen sharing',
  ]),
  ...mould(
    'An application of the tenant is * by its owner. If known behavior is causing false positives, exempt it.',
    ['consented to', 'deleted', 'renamed'],
  ),
  ...mould('* runs encoded commands during updates of the fleet', [
    'Intune',
    'Chef',
    'Puppet',
    'Ansible',
    'Salt',
  ]),
  ...mould('Connections to port * from the management network are expected from jump hosts.', [
    '22',
    '3389',
    '5985',
  ]),
  ...mould('Administrators may * multi-factor authentication for a user of the organisation.', [
    'enable',
    'disable',
    'reset',
  ]),
  ...mould('The service account of the * lists Secrets in all namespaces.', [
    'backup controller',
    'policy engine',
    'dashboard',
    'operator of databases',
    'image scanner',
  ]),
  ...mould('Scheduled jobs of the * team read /etc/*', ['storage', 'network', 'platform']),
  ...mould('Files named * are written by the installer.', ['setup.exe', 'install.dll', 'agent.sys']),
  ['The cluster autoscaler deletes nodes.', 'The cluster autoscaler does not delete nodes.'],
  ['Backups run at night.', 'Backups run at noon.'],
  ['Users share documents with partners.', 'Users share passwords with partners.'],
  [
    'Pods of the monitoring namespace use the host network.',
    'Pods of the monitoring namespace use the host path.',
  ],
  ['The scanner reads every Secret.', 'The scanner reads every ConfigMap.'],
  ['Employees travel to other countries.', 'Employees mail to other countries.'],
  ['Developers debug containers with a shell.', 'Developers build containers with a shell.'],
  ['A role is granted to a new employee.', 'A role is taken from a former employee.'],
  ['Service accounts rotate their tokens.', 'Service accounts share their tokens.'],
  ['New software is rolled out to laptops.', 'Old software is removed from laptops.'],
  ['The domain controller replicates changes.', 'The domain controller rejects changes.'],
  ['Web crawlers request many pages.', 'Web proxies cache many pages.'],
  ['Engineers open a tunnel to a database.', 'Engineers open a ticket to a database team.'],
  ['Temporary files are cleaned by a job.', 'Temporary files are signed by a job.'],
  ['The gateway blocks unknown devices.', 'The gateway registers unknown devices.'],
];

const gist = (text: string) => gistOf({ text, sentences: readSentences(text) });
const agree = (a: string, b: string): boolean => sayTheSame(gist(a), gist(b));

const samePairs = same.flatMap((group) =>
  group.flatMap((a, index) => group.slice(index + 1).map((b) => [a, b] as const)),
);

test('of the labelled pairs, at least 95 in 100 that are taken for the same are the same', () => {
  assert.ok(samePairs.length + different.length >= 200, `${samePairs.length} + ${different.length} pairs`);
  const right = samePairs.filter(([a, b]) => agree(a, b));
  const wrong = different.filter(([a, b]) => agree(a, b));
  const precision = right.length / (right.length + wrong.length);
  assert.ok(precision >= 0.95, `precision ${precision}: taken for the same: ${JSON.stringify(wrong)}`);
  const recall = right.length / samePairs.length;
  const missed = samePairs.filter(([a, b]) => !agree(a, b));
  assert.ok(recall >= 0.7, `recall ${recall}, missed: ${JSON.stringify(missed)}`);
});

const texts = (all: readonly string[]) =>
  all.map((text, index) => ({ id: `FP-${index}`, text, sentences: readSentences(text) }));

test('the groups of the labelled texts are found as groups, and nothing joins two of them', () => {
  const groupOf = new Map(same.flatMap((group, index) => group.map((text) => [text, index] as const)));
  const found = clusters(texts(same.flat()));
  const mixed = found.filter((group) => new Set(group.map(({ text }) => groupOf.get(text))).size > 1);
  assert.deepEqual(
    mixed.map((group) => group.map(({ text }) => text)),
    [],
  );
  assert.ok(found.length >= same.length * 0.8, `${found.length} of ${same.length}`);
});

test('a chain of small steps is no group: every member is like the leader', () => {
  const nouns = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda omicron'.split(' ');
  const chain = nouns
    .slice(0, -5)
    .map((_, index) => `Agents called ${nouns.slice(index, index + 6).join(' ')} poll`);
  const found = clusters(texts(chain));
  for (const [leader, ...members] of found)
    for (const member of members) assert.ok(leader !== undefined && agree(leader.text, member.text));
  assert.ok(Math.max(0, ...found.map((group) => group.length)) < chain.length);
});

test('the first text leads, and texts that stand alone are in no group', () => {
  const found = clusters(
    texts([
      'Backup agents list Secrets at night.',
      'Node agents mount host paths.',
      'Backup agents list secrets at night',
    ]),
  );
  assert.deepEqual(
    found.map((group) => group.map(({ id }) => id)),
    [['FP-0', 'FP-2']],
  );
  assert.deepEqual(clusters(texts(['and', 'or'])), []);
});
