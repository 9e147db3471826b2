/** Elastic Defend and auditd: what ECS does not have (kql §5.3, §7.2). */
import type { FieldTable } from './table.ts';

export const endpointFields: FieldTable = {
  types: {
    keyword: `
      auditd.data.a0 auditd.data.a1 auditd.data.a2 auditd.data.a3 auditd.data.addr auditd.data.syscall
      auditd.data.terminal auditd.message_type auditd.result auditd.session
      file.Ext.header_bytes file.Ext.original.extension file.Ext.original.name file.Ext.original.path
      process.Ext.ancestry[] process.Ext.api.name process.Ext.effective_parent.entity_id
      process.Ext.effective_parent.executable process.Ext.effective_parent.name
      process.Ext.token.integrity_level_name
      group.Ext.real.id user.Ext.real.id`,
    long: `
      file.Ext.windows.zone_identifier process.Ext.effective_parent.pid process.Ext.session_info.id
      process.parent.Ext.real.pid`,
    double: `
      dll.Ext.relative_file_creation_time dll.Ext.relative_file_name_modify_time file.Ext.entropy
      process.Ext.relative_file_creation_time process.Ext.relative_file_name_modify_time`,
  },
  caseless: `
    dll.name dll.path file.name file.path host.os.full host.os.name
    process.command_line process.executable process.name process.working_directory
    process.parent.command_line process.parent.executable process.parent.name process.parent.working_directory
    process.entry_leader.command_line process.entry_leader.executable process.entry_leader.name
    process.group_leader.command_line process.group_leader.executable process.group_leader.name
    process.session_leader.command_line process.session_leader.executable process.session_leader.name
    registry.key registry.path registry.value`,
};
