/** Who acts in a text, and why it looks like an attack: by keywords, so only a help for finding things. */
import type { ActorClass, Family } from '../model.ts';

const words = (pattern: string): RegExp => new RegExp(`\\b(${pattern})`, 'i');

const actorSigns: readonly (readonly [ActorClass, RegExp])[] = [
  [
    'admin',
    words(
      'admin(s|istrat\\w*)?\\b|sys ?admins?\\b|operators? (may|might|can)|it (staff|support|team)|sre\\b|root user',
    ),
  ],
  [
    'automation',
    words(
      'automat\\w+|scheduled (task|job)s?|cron\\b|cronjobs?|orchestrat\\w+|bots?\\b|scripts?\\b|workflows?\\b',
    ),
  ],
  ['autoscaler', words('auto-?scal\\w+|karpenter|scale[- ]?sets?')],
  ['backup', words('backups?\\b|back(ing)? up\\b|snapshots?\\b|velero|veeam|restor(e|es|ing|ation)\\b')],
  [
    'ci',
    words(
      'ci/cd|ci\\b|cicd|jenkins|gitlab|github actions?|pipelines?\\b|build (server|system|agent|job)s?|runners?\\b',
    ),
  ],
  [
    'cloud-service',
    words(
      '(cloud|aws|azure|google|gcp|microsoft) (service|services|provider|managed)\\w*|service-linked|managed (service|control plane)s?|aws services?',
    ),
  ],
  [
    'configuration-management',
    words(
      'ansible|puppet|chef\\b|saltstack|salt\\b|sccm|intune|configuration management|group polic\\w+|gpo\\b|mdm\\b|jamf',
    ),
  ],
  [
    'control-plane',
    words('control plane|kube-system|kube-(controller|scheduler|apiserver|proxy)\\S*|api ?server'),
  ],
  [
    'deployment-tool',
    words(
      'helm\\b|terraform|pulumi|cloudformation|deploy(ment|ments|ing|s|ed)?\\b|provision\\w*|infrastructure[- ]as[- ]code|iac\\b',
    ),
  ],
  [
    'developer',
    words(
      'develop(er|ers|ment)\\b|engineers?\\b|debug\\w*|programmers?\\b|devops\\b|compil(e|er|ing|ation)\\b|test environments?',
    ),
  ],
  ['gitops', words('gitops|flux(cd)?\\b|argo ?cd|argo\\b|rancher fleet|fleet[- ](agent|controller)s?')],
  ['help-desk', words('help-?desk|service ?desk|support (staff|team|engineer)s?|remote support')],
  [
    'monitoring',
    words(
      'monitor(ing|s)?\\b|observability|prometheus|datadog|health[- ]?(check|probe)s?|telemetry|inventory|metrics|nagios|zabbix|splunk|elastic agent',
    ),
  ],
  [
    'node',
    words(
      'kubelet\\w*|node (bootstrap|maintenance|identity|upgrade)\\w*|nodes?\\b.{0,20}\\b(join|rotat)\\w+',
    ),
  ],
  [
    'operator',
    words('(kubernetes |cluster |custom )?operators?\\b|controllers?\\b|cert-manager|custom resources?'),
  ],
  [
    'security-tool',
    words(
      '(security|vulnerability|compliance|edr|av|anti-?virus|endpoint) (\\w+ )?(scan\\w*|tool\\w*|product\\w*|software|agent\\w*|solution\\w*|team\\w*|audit\\w*)|scanners?\\b|antivirus|anti-virus|edr\\b|trivy|kubescape|qualys|nessus|tenable|crowdstrike|defender\\b|nmap',
    ),
  ],
  [
    'tester',
    words(
      'pen(etration)?[- ]?test\\w*|red[- ]?team\\w*|purple[- ]?team\\w*|security (testing|assessment|research\\w*|exercise)s?|breach and attack|adversary emulation',
    ),
  ],
  [
    'user',
    words(
      '(end|legitimate|normal|regular|privileged|power|new)[- ]users?\\b|users? (who|may|might|can|could|that|travel\\w*|with)|employees?\\b|travel\\w*|vpn\\b',
    ),
  ],
  [
    'workload',
    words(
      '(legitimate|third[- ]party|custom|business|internal|other|some) (\\w+ )?(applications?|software|programs?|apps?|tools?|services?|workloads?)|workloads?\\b|containers?\\b|entrypoints?|installers?\\b|updaters?\\b|updates?\\b|upgrades?\\b',
    ),
  ],
];

const familySigns: readonly (readonly [Family, RegExp])[] = [
  [
    'administration',
    words('admin(s|istrat\\w*)?\\b|sys ?admins?\\b|operators?\\b|maintenance|troubleshoot\\w*|help-?desk'),
  ],
  [
    'automation',
    words(
      'automat\\w+|ci/cd|pipelines?|scheduled|scripts?\\b|orchestrat\\w+|terraform|ansible|gitops|jenkins|deploy\\w*',
    ),
  ],
  [
    'backup-or-migration',
    words('backups?\\b|migrat\\w+|snapshots?\\b|restor\\w+|disaster recovery|replicat\\w+'),
  ],
  [
    'cloud-service',
    words(
      '(aws|azure|google|gcp|microsoft|cloud|managed) (services?|provider)|service principals?|service[- ]linked|service accounts?',
    ),
  ],
  [
    'development',
    words(
      'develop\\w+|debug\\w*|compil\\w+|engineers?\\b|build (system|server|tool)s?|test(ing)? (environment|system|instance)s?',
    ),
  ],
  [
    'install-or-update',
    words('install\\w*|updat\\w+|upgrad\\w+|patch(es|ing)?\\b|setup\\b|package manag\\w+'),
  ],
  [
    'kubernetes',
    words('kubernetes|k8s|pods?\\b|containers?\\b|cluster\\w*|kube\\w*|helm\\b|namespaces?\\b|docker'),
  ],
  [
    'misconfiguration',
    words(
      'misconfigur\\w+|incorrect(ly)? config\\w+|wrong(ly)?|expired|typo\\w*|mistyp\\w+|obsolete|error messages?|failures?\\b',
    ),
  ],
  [
    'monitoring',
    words('monitor\\w*|observability|health[- ]?(check|probe)s?|telemetry|inventory|agents?\\b|metrics'),
  ],
  [
    'new-or-rare-activity',
    words('new(ly)?\\b|rare(ly)?\\b|first[- ]time|unusual|infrequent\\w*|uncommon|seldom|onboard\\w*'),
  ],
  [
    'penetration-test',
    words(
      'pen(etration)?[- ]?test\\w*|red[- ]?team\\w*|purple[- ]?team\\w*|security (testing|assessment|research|exercise)\\w*',
    ),
  ],
  [
    'rule-logic',
    words(
      'this (rule|detection|search|analytic) (does|is|will|can|may|only|looks|relies)|threshold\\w*|tun(e|ed|ing)\\b|filter\\w*|baselin\\w+|the (query|search|logic)',
    ),
  ],
  [
    'security-tool',
    words(
      'security (tool|product|software|solution|scan|agent)\\w*|scann(er|ers|ing)|anti-?virus|edr\\b|vulnerability',
    ),
  ],
  [
    'third-party-software',
    words(
      'third[- ]part\\w+|3rd[- ]part\\w+|software|applications?\\b|programs?\\b|vendors?\\b|browsers?\\b|products?\\b|tools?\\b',
    ),
  ],
  [
    'user-behaviour',
    words(
      'users? (who|may|might|can|could|travel\\w*|forget\\w*|chang\\w+|log\\w*|work\\w*)|employees?\\b|travel\\w*|vpn\\b|passwords?\\b|login\\w*|sign-?ins?\\b',
    ),
  ],
];

const found = <T>(signs: readonly (readonly [T, RegExp])[], text: string): T[] =>
  signs.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);

export const actorsIn = (text: string): ActorClass[] => found(actorSigns, text);

export const familiesIn = (text: string): Family[] => found(familySigns, text);
