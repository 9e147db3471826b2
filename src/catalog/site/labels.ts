/** What the site calls things. */
import type { ActorClass, DataSource, Grade, Origin, Quality, SourceName } from '../model.ts';
import type { Voice } from './context.ts';

export const sourceLabels: Readonly<Record<SourceName, string>> = {
  elastic: 'Elastic',
  sigma: 'Sigma',
  splunk: 'Splunk',
  winnow: 'Winnow',
  local: 'Local rules',
};

export const originLabels: Readonly<Record<Origin, string>> = {
  'inline-exclusion': 'excluded in the query',
  'named-filter': 'named filter',
  'known-fp-list': 'list of known false positives',
  field: 'false-positive field',
  guide: 'investigation guide',
  'guide-ai': 'guide marked as AI-written',
};

export const voiceLabels: Readonly<Record<Voice, string>> = {
  people: "In rule authors' words",
  condition: 'Conditions that rules exclude',
  machine: 'From guides that are marked as AI-written',
};

export const gradeLabels: Readonly<Record<Grade, string>> = {
  A: 'asserted by the platform: whoever sends the request cannot forge it',
  B: 'asserted by the platform, but broad',
  C: 'chosen by the requester, but anchored',
  D: 'a free text of the requester: easy to imitate',
};

export const qualityLabels: Readonly<Record<Quality, string>> = {
  executable: 'Conditions',
  text: 'Text',
  guide: 'Guide only',
  junk: 'Says nothing',
  none: 'Empty',
};

export const qualityDocs: Readonly<Record<Quality, string>> = {
  executable: 'excludes something in its query or by a named filter',
  text: 'describes false positives in its field',
  guide: 'describes them only in its investigation guide',
  junk: 'has only words like "unknown" or "none"',
  none: 'has nothing at all',
};

export const dataLabels: Readonly<Record<DataSource, string>> = {
  aws: 'AWS',
  azure: 'Azure',
  container: 'Containers',
  gcp: 'Google Cloud',
  github: 'GitHub',
  'google-workspace': 'Google Workspace',
  kubernetes: 'Kubernetes',
  linux: 'Linux',
  macos: 'macOS',
  'microsoft-365': 'Microsoft 365',
  network: 'Network',
  okta: 'Okta',
  web: 'Web',
  windows: 'Windows',
};

export const actorLabels: Readonly<Record<ActorClass, string>> = {
  admin: 'Administrators',
  automation: 'Automation',
  autoscaler: 'Autoscalers',
  backup: 'Backup',
  ci: 'Continuous integration',
  'cloud-service': 'Cloud services',
  'configuration-management': 'Configuration management',
  'control-plane': 'Control plane',
  'deployment-tool': 'Deployment tools',
  developer: 'Developers',
  gitops: 'GitOps controllers',
  'help-desk': 'Help desk',
  monitoring: 'Monitoring',
  node: 'Nodes',
  operator: 'Operators (controllers)',
  'security-tool': 'Security tools',
  tester: 'Testers',
  user: 'Users',
  workload: 'Workloads',
};

/** `new-or-rare-activity` as words. */
export const words = (name: string): string =>
  name === 'kubernetes' ? dataLabels.kubernetes : name.replaceAll('-', ' ');

const grouped = new Intl.NumberFormat('en-US');

/** `20,481`. */
export const count = (value: number): string => grouped.format(value);

/** `1 rule`, `2 rules`. */
export const plural = (value: number, singular: string, many = `${singular}s`): string =>
  `${count(value)} ${value === 1 ? singular : many}`;

/** `37 %`, never broken over two lines; small shares are not rounded to nothing. */
export function share(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (part / whole) * 100;
  if (percent > 0 && percent < 1) return '<\u00A01\u00A0%';
  return `${Math.round(percent)}\u00A0%`;
}
