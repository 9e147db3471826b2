/**
 * What version 19 of ATT&CK calls techniques that version 18 had under another id or not at all, as far as the table that
 * the product is built from does not say. Sigma's rules use these ids. (c) The MITRE Corporation, as the table.
 */

/** Id, the later id, its name. */
export const alsoRenamed = `
T1562.003 T1690 Prevent Command History Logging
T1562.009 T1688 Safe Mode Boot
T1562.012 T1685.004 Disable or Modify Linux Audit System Log
T1562.013 T1686.002 Network Device Firewall
`;

/** Id and name of what no earlier id stands for. */
export const added = `
T1686.003 Windows Host Firewall
`;
