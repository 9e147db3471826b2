/** What a rule reads, in the catalogue's own few words, from the many words that rule sets have for it. */
import type { DataSource } from '../model.ts';
import { dataSources } from '../behaviour/model.ts';

const signs: Readonly<Record<DataSource, RegExp>> = {
  aws: /\b(aws|amazon|cloudtrail|guardduty|asl)\b/,
  azure: /\b(azure|entra|azuread|azure_ad|microsoft entra( id)?)\b/,
  container: /\b(containers?|cloud_defend|docker|falco|tetragon|crowdstrike_falco_container)\b/,
  gcp: /\b(gcp|google cloud|google_cloud|google cloud platform)\b/,
  github: /\bgithub\b/,
  'google-workspace': /\b(google[_ ]workspace|gsuite|gws)\b/,
  kubernetes: /\b(kubernetes|k8s|eks|gke|aks)\b/,
  linux: /\b(linux|auditd|auditd_manager|osquery linux|unix)\b/,
  macos: /\b(macos|jamf|osx|jamf_protect)\b/,
  'microsoft-365': /\b(o365|m365|office[ _]365|microsoft[ _]365|exchange online)\b/,
  network:
    /\b(network|network_traffic|dns|zeek|suricata|firewall|netflow|cisco|palo alto|panw|fortinet|fortigate|packetbeat|splunk stream|nginx proxy|huawei|juniper|vpn)\b/,
  okta: /\bokta\b/,
  web: /\b(web|webserver|web server|apache|nginx|iis|http|proxy|waf|apm|modsecurity)\b/,
  windows:
    /\b(windows|winlog|powershell|wineventlog|wmi|active directory|sysmon(?! for linux| linux)|system security|microsoft defender)\b/,
};

/** In the order of the closed list. */
export function dataSourcesOf(words: readonly string[]): DataSource[] {
  const text = words.map((word) => word.toLowerCase().replace('amazon web services', 'aws'));
  return dataSources.filter((source) => text.some((word) => signs[source].test(word)));
}
