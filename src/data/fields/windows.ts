/** Windows event logs and PowerShell (kql §4.4, §7.2). */
import type { FieldTable } from './table.ts';

export const windowsFields: FieldTable = {
  types: {
    keyword: `
      winlog.api winlog.channel winlog.computer_name winlog.event_id winlog.logon.id winlog.logon.type
      winlog.provider_name winlog.record_id`,
    long: 'powershell.file.script_block_length powershell.sequence powershell.total winlog.process.pid',
    double: 'powershell.file.script_block_entropy_bits powershell.file.script_block_surprisal_stdev',
  },
  words: 'powershell.file.script_block_text',
};
