// Written by scripts/generate.ts from MITRE ATT&CK Enterprise 18.1. Do not edit.
// (c) 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.

export const version = '18.1';

/** Must be shown wherever the table is. */
export const attribution =
  '(c) 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.';

/** Short name and name. */
export const tactics = `
initial-access Initial Access
execution Execution
persistence Persistence
privilege-escalation Privilege Escalation
defense-evasion Defense Evasion
credential-access Credential Access
discovery Discovery
lateral-movement Lateral Movement
collection Collection
exfiltration Exfiltration
command-and-control Command and Control
impact Impact
resource-development Resource Development
reconnaissance Reconnaissance
`;

/** Id, short names of its tactics, name. */
export const techniques = `
T1001 command-and-control Data Obfuscation
T1001.001 command-and-control Junk Data
T1001.002 command-and-control Steganography
T1001.003 command-and-control Protocol or Service Impersonation
T1002 exfiltration Data Compressed
T1003 credential-access OS Credential Dumping
T1003.001 credential-access LSASS Memory
T1003.002 credential-access Security Account Manager
T1003.003 credential-access NTDS
T1003.004 credential-access LSA Secrets
T1003.005 credential-access Cached Domain Credentials
T1003.006 credential-access DCSync
T1003.007 credential-access Proc Filesystem
T1003.008 credential-access /etc/passwd and /etc/shadow
T1004 persistence Winlogon Helper DLL
T1005 collection Data from Local System
T1006 defense-evasion Direct Volume Access
T1007 discovery System Service Discovery
T1008 command-and-control Fallback Channels
T1009 defense-evasion Binary Padding
T1010 discovery Application Window Discovery
T1011 exfiltration Exfiltration Over Other Network Medium
T1011.001 exfiltration Exfiltration Over Bluetooth
T1012 discovery Query Registry
T1013 persistence,privilege-escalation Port Monitors
T1014 defense-evasion Rootkit
T1015 persistence,privilege-escalation Accessibility Features
T1016 discovery System Network Configuration Discovery
T1016.001 discovery Internet Connection Discovery
T1016.002 discovery Wi-Fi Discovery
T1017 lateral-movement Application Deployment Software
T1018 discovery Remote System Discovery
T1019 persistence System Firmware
T1020 exfiltration Automated Exfiltration
T1020.001 exfiltration Traffic Duplication
T1021 lateral-movement Remote Services
T1021.001 lateral-movement Remote Desktop Protocol
T1021.002 lateral-movement SMB/Windows Admin Shares
T1021.003 lateral-movement Distributed Component Object Model
T1021.004 lateral-movement SSH
T1021.005 lateral-movement VNC
T1021.006 lateral-movement Windows Remote Management
T1021.007 lateral-movement Cloud Services
T1021.008 lateral-movement Direct Cloud VM Connections
T1022 exfiltration Data Encrypted
T1023 persistence Shortcut Modification
T1024 command-and-control Custom Cryptographic Protocol
T1025 collection Data from Removable Media
T1026 command-and-control Multiband Communication
T1027 defense-evasion Obfuscated Files or Information
T1027.001 defense-evasion Binary Padding
T1027.002 defense-evasion Software Packing
T1027.003 defense-evasion Steganography
T1027.004 defense-evasion Compile After Delivery
T1027.005 defense-evasion Indicator Removal from Tools
T1027.006 defense-evasion HTML Smuggling
T1027.007 defense-evasion Dynamic API Resolution
T1027.008 defense-evasion Stripped Payloads
T1027.009 defense-evasion Embedded Payloads
T1027.010 defense-evasion Command Obfuscation
T1027.011 defense-evasion Fileless Storage
T1027.012 defense-evasion LNK Icon Smuggling
T1027.013 defense-evasion Encrypted/Encoded File
T1027.014 defense-evasion Polymorphic Code
T1027.015 defense-evasion Compression
T1027.016 defense-evasion Junk Code Insertion
T1027.017 defense-evasion SVG Smuggling
T1028 execution,lateral-movement Windows Remote Management
T1029 exfiltration Scheduled Transfer
T1030 exfiltration Data Transfer Size Limits
T1031 persistence Modify Existing Service
T1032 command-and-control Standard Cryptographic Protocol
T1033 discovery System Owner/User Discovery
T1034 persistence,privilege-escalation Path Interception
T1035 execution Service Execution
T1036 defense-evasion Masquerading
T1036.001 defense-evasion Invalid Code Signature
T1036.002 defense-evasion Right-to-Left Override
T1036.003 defense-evasion Rename Legitimate Utilities
T1036.004 defense-evasion Masquerade Task or Service
T1036.005 defense-evasion Match Legitimate Resource Name or Location
T1036.006 defense-evasion Space after Filename
T1036.007 defense-evasion Double File Extension
T1036.008 defense-evasion Masquerade File Type
T1036.009 defense-evasion Break Process Trees
T1036.010 defense-evasion Masquerade Account Name
T1036.011 defense-evasion Overwrite Process Arguments
T1036.012 defense-evasion Browser Fingerprint
T1037 persistence,privilege-escalation Boot or Logon Initialization Scripts
T1037.001 persistence,privilege-escalation Logon Script (Windows)
T1037.002 persistence,privilege-escalation Login Hook
T1037.003 persistence,privilege-escalation Network Logon Script
T1037.004 persistence,privilege-escalation RC Scripts
T1037.005 persistence,privilege-escalation Startup Items
T1038 defense-evasion,persistence,privilege-escalation DLL Search Order Hijacking
T1039 collection Data from Network Shared Drive
T1040 credential-access,discovery Network Sniffing
T1041 exfiltration Exfiltration Over C2 Channel
T1042 persistence Change Default File Association
T1043 command-and-control Commonly Used Port
T1044 persistence,privilege-escalation File System Permissions Weakness
T1045 defense-evasion Software Packing
T1046 discovery Network Service Discovery
T1047 execution Windows Management Instrumentation
T1048 exfiltration Exfiltration Over Alternative Protocol
T1048.001 exfiltration Exfiltration Over Symmetric Encrypted Non-C2 Protocol
T1048.002 exfiltration Exfiltration Over Asymmetric Encrypted Non-C2 Protocol
T1048.003 exfiltration Exfiltration Over Unencrypted Non-C2 Protocol
T1049 discovery System Network Connections Discovery
T1050 persistence,privilege-escalation New Service
T1051 lateral-movement Shared Webroot
T1052 exfiltration Exfiltration Over Physical Medium
T1052.001 exfiltration Exfiltration over USB
T1053 execution,persistence,privilege-escalation Scheduled Task/Job
T1053.001 execution,persistence,privilege-escalation At (Linux)
T1053.002 execution,persistence,privilege-escalation At
T1053.003 execution,persistence,privilege-escalation Cron
T1053.004 execution,persistence,privilege-escalation Launchd
T1053.005 execution,persistence,privilege-escalation Scheduled Task
T1053.006 execution,persistence,privilege-escalation Systemd Timers
T1053.007 execution,persistence,privilege-escalation Container Orchestration Job
T1054 defense-evasion Indicator Blocking
T1055 defense-evasion,privilege-escalation Process Injection
T1055.001 defense-evasion,privilege-escalation Dynamic-link Library Injection
T1055.002 defense-evasion,privilege-escalation Portable Executable Injection
T1055.003 defense-evasion,privilege-escalation Thread Execution Hijacking
T1055.004 defense-evasion,privilege-escalation Asynchronous Procedure Call
T1055.005 defense-evasion,privilege-escalation Thread Local Storage
T1055.008 defense-evasion,privilege-escalation Ptrace System Calls
T1055.009 defense-evasion,privilege-escalation Proc Memory
T1055.011 defense-evasion,privilege-escalation Extra Window Memory Injection
T1055.012 defense-evasion,privilege-escalation Process Hollowing
T1055.013 defense-evasion,privilege-escalation Process Doppelgänging
T1055.014 defense-evasion,privilege-escalation VDSO Hijacking
T1055.015 defense-evasion,privilege-escalation ListPlanting
T1056 collection,credential-access Input Capture
T1056.001 collection,credential-access Keylogging
T1056.002 collection,credential-access GUI Input Capture
T1056.003 collection,credential-access Web Portal Capture
T1056.004 collection,credential-access Credential API Hooking
T1057 discovery Process Discovery
T1058 persistence,privilege-escalation Service Registry Permissions Weakness
T1059 execution Command and Scripting Interpreter
T1059.001 execution PowerShell
T1059.002 execution AppleScript
T1059.003 execution Windows Command Shell
T1059.004 execution Unix Shell
T1059.005 execution Visual Basic
T1059.006 execution Python
T1059.007 execution JavaScript
T1059.008 execution Network Device CLI
T1059.009 execution Cloud API
T1059.010 execution AutoHotKey & AutoIT
T1059.011 execution Lua
T1059.012 execution Hypervisor CLI
T1059.013 execution Container CLI/API
T1060 persistence Registry Run Keys / Startup Folder
T1061 execution Graphical User Interface
T1062 persistence Hypervisor
T1063 discovery Security Software Discovery
T1064 defense-evasion,execution Scripting
T1065 command-and-control Uncommonly Used Port
T1066 defense-evasion Indicator Removal from Tools
T1067 persistence Bootkit
T1068 privilege-escalation Exploitation for Privilege Escalation
T1069 discovery Permission Groups Discovery
T1069.001 discovery Local Groups
T1069.002 discovery Domain Groups
T1069.003 discovery Cloud Groups
T1070 defense-evasion Indicator Removal
T1070.001 defense-evasion Clear Windows Event Logs
T1070.002 defense-evasion Clear Linux or Mac System Logs
T1070.003 defense-evasion Clear Command History
T1070.004 defense-evasion File Deletion
T1070.005 defense-evasion Network Share Connection Removal
T1070.006 defense-evasion Timestomp
T1070.007 defense-evasion Clear Network Connection History and Configurations
T1070.008 defense-evasion Clear Mailbox Data
T1070.009 defense-evasion Clear Persistence
T1070.010 defense-evasion Relocate Malware
T1071 command-and-control Application Layer Protocol
T1071.001 command-and-control Web Protocols
T1071.002 command-and-control File Transfer Protocols
T1071.003 command-and-control Mail Protocols
T1071.004 command-and-control DNS
T1071.005 command-and-control Publish/Subscribe Protocols
T1072 execution,lateral-movement Software Deployment Tools
T1073 defense-evasion DLL Side-Loading
T1074 collection Data Staged
T1074.001 collection Local Data Staging
T1074.002 collection Remote Data Staging
T1075 lateral-movement Pass the Hash
T1076 lateral-movement Remote Desktop Protocol
T1077 lateral-movement Windows Admin Shares
T1078 defense-evasion,initial-access,persistence,privilege-escalation Valid Accounts
T1078.001 defense-evasion,initial-access,persistence,privilege-escalation Default Accounts
T1078.002 defense-evasion,initial-access,persistence,privilege-escalation Domain Accounts
T1078.003 defense-evasion,initial-access,persistence,privilege-escalation Local Accounts
T1078.004 defense-evasion,initial-access,persistence,privilege-escalation Cloud Accounts
T1079 command-and-control Multilayer Encryption
T1080 lateral-movement Taint Shared Content
T1081 credential-access Credentials in Files
T1082 discovery System Information Discovery
T1083 discovery File and Directory Discovery
T1084 persistence Windows Management Instrumentation Event Subscription
T1085 defense-evasion,execution Rundll32
T1086 execution PowerShell
T1087 discovery Account Discovery
T1087.001 discovery Local Account
T1087.002 discovery Domain Account
T1087.003 discovery Email Account
T1087.004 discovery Cloud Account
T1088 defense-evasion,privilege-escalation Bypass User Account Control
T1089 defense-evasion Disabling Security Tools
T1090 command-and-control Proxy
T1090.001 command-and-control Internal Proxy
T1090.002 command-and-control External Proxy
T1090.003 command-and-control Multi-hop Proxy
T1090.004 command-and-control Domain Fronting
T1091 initial-access,lateral-movement Replication Through Removable Media
T1092 command-and-control Communication Through Removable Media
T1093 defense-evasion Process Hollowing
T1094 command-and-control Custom Command and Control Protocol
T1095 command-and-control Non-Application Layer Protocol
T1096 defense-evasion NTFS File Attributes
T1097 lateral-movement Pass the Ticket
T1098 persistence,privilege-escalation Account Manipulation
T1098.001 persistence,privilege-escalation Additional Cloud Credentials
T1098.002 persistence,privilege-escalation Additional Email Delegate Permissions
T1098.003 persistence,privilege-escalation Additional Cloud Roles
T1098.004 persistence,privilege-escalation SSH Authorized Keys
T1098.005 persistence,privilege-escalation Device Registration
T1098.006 persistence,privilege-escalation Additional Container Cluster Roles
T1098.007 persistence,privilege-escalation Additional Local or Domain Groups
T1099 defense-evasion Timestomp
T1100 persistence,privilege-escalation Web Shell
T1101 persistence Security Support Provider
T1102 command-and-control Web Service
T1102.001 command-and-control Dead Drop Resolver
T1102.002 command-and-control Bidirectional Communication
T1102.003 command-and-control One-Way Communication
T1103 persistence,privilege-escalation AppInit DLLs
T1104 command-and-control Multi-Stage Channels
T1105 command-and-control Ingress Tool Transfer
T1106 execution Native API
T1107 defense-evasion File Deletion
T1108 defense-evasion,persistence Redundant Access
T1109 defense-evasion,persistence Component Firmware
T1110 credential-access Brute Force
T1110.001 credential-access Password Guessing
T1110.002 credential-access Password Cracking
T1110.003 credential-access Password Spraying
T1110.004 credential-access Credential Stuffing
T1111 credential-access Multi-Factor Authentication Interception
T1112 defense-evasion,persistence Modify Registry
T1113 collection Screen Capture
T1114 collection Email Collection
T1114.001 collection Local Email Collection
T1114.002 collection Remote Email Collection
T1114.003 collection Email Forwarding Rule
T1115 collection Clipboard Data
T1116 defense-evasion Code Signing
T1117 defense-evasion,execution Regsvr32
T1118 defense-evasion,execution InstallUtil
T1119 collection Automated Collection
T1120 discovery Peripheral Device Discovery
T1121 defense-evasion,execution Regsvcs/Regasm
T1122 defense-evasion,persistence Component Object Model Hijacking
T1123 collection Audio Capture
T1124 discovery System Time Discovery
T1125 collection Video Capture
T1126 defense-evasion Network Share Connection Removal
T1127 defense-evasion Trusted Developer Utilities Proxy Execution
T1127.001 defense-evasion MSBuild
T1127.002 defense-evasion ClickOnce
T1127.003 defense-evasion JamPlus
T1128 persistence Netsh Helper DLL
T1129 execution Shared Modules
T1130 defense-evasion Install Root Certificate
T1131 persistence Authentication Package
T1132 command-and-control Data Encoding
T1132.001 command-and-control Standard Encoding
T1132.002 command-and-control Non-Standard Encoding
T1133 initial-access,persistence External Remote Services
T1134 defense-evasion,privilege-escalation Access Token Manipulation
T1134.001 defense-evasion,privilege-escalation Token Impersonation/Theft
T1134.002 defense-evasion,privilege-escalation Create Process with Token
T1134.003 defense-evasion,privilege-escalation Make and Impersonate Token
T1134.004 defense-evasion,privilege-escalation Parent PID Spoofing
T1134.005 defense-evasion,privilege-escalation SID-History Injection
T1135 discovery Network Share Discovery
T1136 persistence Create Account
T1136.001 persistence Local Account
T1136.002 persistence Domain Account
T1136.003 persistence Cloud Account
T1137 persistence Office Application Startup
T1137.001 persistence Office Template Macros
T1137.002 persistence Office Test
T1137.003 persistence Outlook Forms
T1137.004 persistence Outlook Home Page
T1137.005 persistence Outlook Rules
T1137.006 persistence Add-ins
T1138 persistence,privilege-escalation Application Shimming
T1139 credential-access Bash History
T1140 defense-evasion Deobfuscate/Decode Files or Information
T1141 credential-access Input Prompt
T1142 credential-access Keychain
T1143 defense-evasion Hidden Window
T1144 defense-evasion Gatekeeper Bypass
T1145 credential-access Private Keys
T1146 defense-evasion Clear Command History
T1147 defense-evasion Hidden Users
T1148 defense-evasion HISTCONTROL
T1149 defense-evasion LC_MAIN Hijacking
T1150 defense-evasion,persistence,privilege-escalation Plist Modification
T1151 defense-evasion,execution Space after Filename
T1152 defense-evasion,execution,persistence Launchctl
T1153 execution Source
T1154 execution,persistence Trap
T1155 execution AppleScript
T1156 persistence Malicious Shell Modification
T1157 persistence,privilege-escalation Dylib Hijacking
T1158 defense-evasion,persistence Hidden Files and Directories
T1159 persistence Launch Agent
T1160 persistence,privilege-escalation Launch Daemon
T1161 persistence LC_LOAD_DYLIB Addition
T1162 persistence Login Item
T1163 persistence Rc.common
T1164 persistence Re-opened Applications
T1165 persistence,privilege-escalation Startup Items
T1166 persistence,privilege-escalation Setuid and Setgid
T1167 credential-access Securityd Memory
T1168 execution,persistence Local Job Scheduling
T1169 privilege-escalation Sudo
T1170 defense-evasion,execution Mshta
T1171 credential-access LLMNR/NBT-NS Poisoning and Relay
T1172 command-and-control Domain Fronting
T1173 execution Dynamic Data Exchange
T1174 credential-access Password Filter DLL
T1175 execution,lateral-movement Component Object Model and Distributed COM
T1176 persistence Software Extensions
T1176.001 persistence Browser Extensions
T1176.002 persistence IDE Extensions
T1177 execution,persistence LSASS Driver
T1178 privilege-escalation SID-History Injection
T1179 credential-access,persistence,privilege-escalation Hooking
T1180 persistence Screensaver
T1181 defense-evasion,privilege-escalation Extra Window Memory Injection
T1182 persistence,privilege-escalation AppCert DLLs
T1183 defense-evasion,persistence,privilege-escalation Image File Execution Options Injection
T1184 lateral-movement SSH Hijacking
T1185 collection Browser Session Hijacking
T1186 defense-evasion Process Doppelgänging
T1187 credential-access Forced Authentication
T1188 command-and-control Multi-hop Proxy
T1189 initial-access Drive-by Compromise
T1190 initial-access Exploit Public-Facing Application
T1191 defense-evasion,execution CMSTP
T1192 initial-access Spearphishing Link
T1193 initial-access Spearphishing Attachment
T1194 initial-access Spearphishing via Service
T1195 initial-access Supply Chain Compromise
T1195.001 initial-access Compromise Software Dependencies and Development Tools
T1195.002 initial-access Compromise Software Supply Chain
T1195.003 initial-access Compromise Hardware Supply Chain
T1196 defense-evasion,execution Control Panel Items
T1197 defense-evasion,persistence BITS Jobs
T1198 defense-evasion,persistence SIP and Trust Provider Hijacking
T1199 initial-access Trusted Relationship
T1200 initial-access Hardware Additions
T1201 discovery Password Policy Discovery
T1202 defense-evasion Indirect Command Execution
T1203 execution Exploitation for Client Execution
T1204 execution User Execution
T1204.001 execution Malicious Link
T1204.002 execution Malicious File
T1204.003 execution Malicious Image
T1204.004 execution Malicious Copy and Paste
T1204.005 execution Malicious Library
T1205 command-and-control,defense-evasion,persistence Traffic Signaling
T1205.001 command-and-control,defense-evasion,persistence Port Knocking
T1205.002 command-and-control,defense-evasion,persistence Socket Filters
T1206 privilege-escalation Sudo Caching
T1207 defense-evasion Rogue Domain Controller
T1208 credential-access Kerberoasting
T1209 persistence Time Providers
T1210 lateral-movement Exploitation of Remote Services
T1211 defense-evasion Exploitation for Defense Evasion
T1212 credential-access Exploitation for Credential Access
T1213 collection Data from Information Repositories
T1213.001 collection Confluence
T1213.002 collection Sharepoint
T1213.003 collection Code Repositories
T1213.004 collection Customer Relationship Management Software
T1213.005 collection Messaging Applications
T1213.006 collection Databases
T1214 credential-access Credentials in Registry
T1215 persistence Kernel Modules and Extensions
T1216 defense-evasion System Script Proxy Execution
T1216.001 defense-evasion PubPrn
T1216.002 defense-evasion SyncAppvPublishingServer
T1217 discovery Browser Information Discovery
T1218 defense-evasion System Binary Proxy Execution
T1218.001 defense-evasion Compiled HTML File
T1218.002 defense-evasion Control Panel
T1218.003 defense-evasion CMSTP
T1218.004 defense-evasion InstallUtil
T1218.005 defense-evasion Mshta
T1218.007 defense-evasion Msiexec
T1218.008 defense-evasion Odbcconf
T1218.009 defense-evasion Regsvcs/Regasm
T1218.010 defense-evasion Regsvr32
T1218.011 defense-evasion Rundll32
T1218.012 defense-evasion Verclsid
T1218.013 defense-evasion Mavinject
T1218.014 defense-evasion MMC
T1218.015 defense-evasion Electron Applications
T1219 command-and-control Remote Access Tools
T1219.001 command-and-control IDE Tunneling
T1219.002 command-and-control Remote Desktop Software
T1219.003 command-and-control Remote Access Hardware
T1220 defense-evasion XSL Script Processing
T1221 defense-evasion Template Injection
T1222 defense-evasion File and Directory Permissions Modification
T1222.001 defense-evasion Windows File and Directory Permissions Modification
T1222.002 defense-evasion Linux and Mac File and Directory Permissions Modification
T1223 defense-evasion,execution Compiled HTML File
T1480 defense-evasion Execution Guardrails
T1480.001 defense-evasion Environmental Keying
T1480.002 defense-evasion Mutual Exclusion
T1482 discovery Domain Trust Discovery
T1483 command-and-control Domain Generation Algorithms
T1484 defense-evasion,privilege-escalation Domain or Tenant Policy Modification
T1484.001 defense-evasion,privilege-escalation Group Policy Modification
T1484.002 defense-evasion,privilege-escalation Trust Modification
T1485 impact Data Destruction
T1485.001 impact Lifecycle-Triggered Deletion
T1486 impact Data Encrypted for Impact
T1487 impact Disk Structure Wipe
T1488 impact Disk Content Wipe
T1489 impact Service Stop
T1490 impact Inhibit System Recovery
T1491 impact Defacement
T1491.001 impact Internal Defacement
T1491.002 impact External Defacement
T1492 impact Stored Data Manipulation
T1493 impact Transmitted Data Manipulation
T1494 impact Runtime Data Manipulation
T1495 impact Firmware Corruption
T1496 impact Resource Hijacking
T1496.001 impact Compute Hijacking
T1496.002 impact Bandwidth Hijacking
T1496.003 impact SMS Pumping
T1496.004 impact Cloud Service Hijacking
T1497 defense-evasion,discovery Virtualization/Sandbox Evasion
T1497.001 defense-evasion,discovery System Checks
T1497.002 defense-evasion,discovery User Activity Based Checks
T1497.003 defense-evasion,discovery Time Based Checks
T1498 impact Network Denial of Service
T1498.001 impact Direct Network Flood
T1498.002 impact Reflection Amplification
T1499 impact Endpoint Denial of Service
T1499.001 impact OS Exhaustion Flood
T1499.002 impact Service Exhaustion Flood
T1499.003 impact Application Exhaustion Flood
T1499.004 impact Application or System Exploitation
T1500 defense-evasion Compile After Delivery
T1501 persistence Systemd Service
T1502 defense-evasion,privilege-escalation Parent PID Spoofing
T1503 credential-access Credentials from Web Browsers
T1504 persistence,privilege-escalation PowerShell Profile
T1505 persistence Server Software Component
T1505.001 persistence SQL Stored Procedures
T1505.002 persistence Transport Agent
T1505.003 persistence Web Shell
T1505.004 persistence IIS Components
T1505.005 persistence Terminal Services DLL
T1505.006 persistence vSphere Installation Bundles
T1506 defense-evasion,lateral-movement Web Session Cookie
T1514 privilege-escalation Elevated Execution with Prompt
T1518 discovery Software Discovery
T1518.001 discovery Security Software Discovery
T1518.002 discovery Backup Software Discovery
T1519 persistence,privilege-escalation Emond
T1522 credential-access Cloud Instance Metadata API
T1525 persistence Implant Internal Image
T1526 discovery Cloud Service Discovery
T1527 defense-evasion,lateral-movement Application Access Token
T1528 credential-access Steal Application Access Token
T1529 impact System Shutdown/Reboot
T1530 collection Data from Cloud Storage
T1531 impact Account Access Removal
T1534 lateral-movement Internal Spearphishing
T1535 defense-evasion Unused/Unsupported Cloud Regions
T1536 defense-evasion Revert Cloud Instance
T1537 exfiltration Transfer Data to Cloud Account
T1538 discovery Cloud Service Dashboard
T1539 credential-access Steal Web Session Cookie
T1542 defense-evasion,persistence Pre-OS Boot
T1542.001 defense-evasion,persistence System Firmware
T1542.002 defense-evasion,persistence Component Firmware
T1542.003 defense-evasion,persistence Bootkit
T1542.004 defense-evasion,persistence ROMMONkit
T1542.005 defense-evasion,persistence TFTP Boot
T1543 persistence,privilege-escalation Create or Modify System Process
T1543.001 persistence,privilege-escalation Launch Agent
T1543.002 persistence,privilege-escalation Systemd Service
T1543.003 persistence,privilege-escalation Windows Service
T1543.004 persistence,privilege-escalation Launch Daemon
T1543.005 persistence,privilege-escalation Container Service
T1546 persistence,privilege-escalation Event Triggered Execution
T1546.001 persistence,privilege-escalation Change Default File Association
T1546.002 persistence,privilege-escalation Screensaver
T1546.003 persistence,privilege-escalation Windows Management Instrumentation Event Subscription
T1546.004 persistence,privilege-escalation Unix Shell Configuration Modification
T1546.005 persistence,privilege-escalation Trap
T1546.006 persistence,privilege-escalation LC_LOAD_DYLIB Addition
T1546.007 persistence,privilege-escalation Netsh Helper DLL
T1546.008 persistence,privilege-escalation Accessibility Features
T1546.009 persistence,privilege-escalation AppCert DLLs
T1546.010 persistence,privilege-escalation AppInit DLLs
T1546.011 persistence,privilege-escalation Application Shimming
T1546.012 persistence,privilege-escalation Image File Execution Options Injection
T1546.013 persistence,privilege-escalation PowerShell Profile
T1546.014 persistence,privilege-escalation Emond
T1546.015 persistence,privilege-escalation Component Object Model Hijacking
T1546.016 persistence,privilege-escalation Installer Packages
T1546.017 persistence,privilege-escalation Udev Rules
T1546.018 persistence,privilege-escalation Python Startup Hooks
T1547 persistence,privilege-escalation Boot or Logon Autostart Execution
T1547.001 persistence,privilege-escalation Registry Run Keys / Startup Folder
T1547.002 persistence,privilege-escalation Authentication Package
T1547.003 persistence,privilege-escalation Time Providers
T1547.004 persistence,privilege-escalation Winlogon Helper DLL
T1547.005 persistence,privilege-escalation Security Support Provider
T1547.006 persistence,privilege-escalation Kernel Modules and Extensions
T1547.007 persistence,privilege-escalation Re-opened Applications
T1547.008 persistence,privilege-escalation LSASS Driver
T1547.009 persistence,privilege-escalation Shortcut Modification
T1547.010 persistence,privilege-escalation Port Monitors
T1547.011 persistence,privilege-escalation Plist Modification
T1547.012 persistence,privilege-escalation Print Processors
T1547.013 persistence,privilege-escalation XDG Autostart Entries
T1547.014 persistence,privilege-escalation Active Setup
T1547.015 persistence,privilege-escalation Login Items
T1548 defense-evasion,privilege-escalation Abuse Elevation Control Mechanism
T1548.001 defense-evasion,privilege-escalation Setuid and Setgid
T1548.002 defense-evasion,privilege-escalation Bypass User Account Control
T1548.003 defense-evasion,privilege-escalation Sudo and Sudo Caching
T1548.004 defense-evasion,privilege-escalation Elevated Execution with Prompt
T1548.005 defense-evasion,privilege-escalation Temporary Elevated Cloud Access
T1548.006 defense-evasion,privilege-escalation TCC Manipulation
T1550 defense-evasion,lateral-movement Use Alternate Authentication Material
T1550.001 defense-evasion,lateral-movement Application Access Token
T1550.002 defense-evasion,lateral-movement Pass the Hash
T1550.003 defense-evasion,lateral-movement Pass the Ticket
T1550.004 defense-evasion,lateral-movement Web Session Cookie
T1552 credential-access Unsecured Credentials
T1552.001 credential-access Credentials In Files
T1552.002 credential-access Credentials in Registry
T1552.003 credential-access Shell History
T1552.004 credential-access Private Keys
T1552.005 credential-access Cloud Instance Metadata API
T1552.006 credential-access Group Policy Preferences
T1552.007 credential-access Container API
T1552.008 credential-access Chat Messages
T1553 defense-evasion Subvert Trust Controls
T1553.001 defense-evasion Gatekeeper Bypass
T1553.002 defense-evasion Code Signing
T1553.003 defense-evasion SIP and Trust Provider Hijacking
T1553.004 defense-evasion Install Root Certificate
T1553.005 defense-evasion Mark-of-the-Web Bypass
T1553.006 defense-evasion Code Signing Policy Modification
T1554 persistence Compromise Host Software Binary
T1555 credential-access Credentials from Password Stores
T1555.001 credential-access Keychain
T1555.002 credential-access Securityd Memory
T1555.003 credential-access Credentials from Web Browsers
T1555.004 credential-access Windows Credential Manager
T1555.005 credential-access Password Managers
T1555.006 credential-access Cloud Secrets Management Stores
T1556 credential-access,defense-evasion,persistence Modify Authentication Process
T1556.001 credential-access,defense-evasion,persistence Domain Controller Authentication
T1556.002 credential-access,defense-evasion,persistence Password Filter DLL
T1556.003 credential-access,defense-evasion,persistence Pluggable Authentication Modules
T1556.004 credential-access,defense-evasion,persistence Network Device Authentication
T1556.005 credential-access,defense-evasion,persistence Reversible Encryption
T1556.006 credential-access,defense-evasion,persistence Multi-Factor Authentication
T1556.007 credential-access,defense-evasion,persistence Hybrid Identity
T1556.008 credential-access,defense-evasion,persistence Network Provider DLL
T1556.009 credential-access,defense-evasion,persistence Conditional Access Policies
T1557 collection,credential-access Adversary-in-the-Middle
T1557.001 collection,credential-access LLMNR/NBT-NS Poisoning and SMB Relay
T1557.002 collection,credential-access ARP Cache Poisoning
T1557.003 collection,credential-access DHCP Spoofing
T1557.004 collection,credential-access Evil Twin
T1558 credential-access Steal or Forge Kerberos Tickets
T1558.001 credential-access Golden Ticket
T1558.002 credential-access Silver Ticket
T1558.003 credential-access Kerberoasting
T1558.004 credential-access AS-REP Roasting
T1558.005 credential-access Ccache Files
T1559 execution Inter-Process Communication
T1559.001 execution Component Object Model
T1559.002 execution Dynamic Data Exchange
T1559.003 execution XPC Services
T1560 collection Archive Collected Data
T1560.001 collection Archive via Utility
T1560.002 collection Archive via Library
T1560.003 collection Archive via Custom Method
T1561 impact Disk Wipe
T1561.001 impact Disk Content Wipe
T1561.002 impact Disk Structure Wipe
T1562 defense-evasion Impair Defenses
T1562.001 defense-evasion Disable or Modify Tools
T1562.002 defense-evasion Disable Windows Event Logging
T1562.003 defense-evasion Impair Command History Logging
T1562.004 defense-evasion Disable or Modify System Firewall
T1562.006 defense-evasion Indicator Blocking
T1562.007 defense-evasion Disable or Modify Cloud Firewall
T1562.008 defense-evasion Disable or Modify Cloud Logs
T1562.009 defense-evasion Safe Mode Boot
T1562.010 defense-evasion Downgrade Attack
T1562.011 defense-evasion Spoof Security Alerting
T1562.012 defense-evasion Disable or Modify Linux Audit System
T1562.013 defense-evasion Disable or Modify Network Device Firewall
T1563 lateral-movement Remote Service Session Hijacking
T1563.001 lateral-movement SSH Hijacking
T1563.002 lateral-movement RDP Hijacking
T1564 defense-evasion Hide Artifacts
T1564.001 defense-evasion Hidden Files and Directories
T1564.002 defense-evasion Hidden Users
T1564.003 defense-evasion Hidden Window
T1564.004 defense-evasion NTFS File Attributes
T1564.005 defense-evasion Hidden File System
T1564.006 defense-evasion Run Virtual Instance
T1564.007 defense-evasion VBA Stomping
T1564.008 defense-evasion Email Hiding Rules
T1564.009 defense-evasion Resource Forking
T1564.010 defense-evasion Process Argument Spoofing
T1564.011 defense-evasion Ignore Process Interrupts
T1564.012 defense-evasion File/Path Exclusions
T1564.013 defense-evasion Bind Mounts
T1564.014 defense-evasion Extended Attributes
T1565 impact Data Manipulation
T1565.001 impact Stored Data Manipulation
T1565.002 impact Transmitted Data Manipulation
T1565.003 impact Runtime Data Manipulation
T1566 initial-access Phishing
T1566.001 initial-access Spearphishing Attachment
T1566.002 initial-access Spearphishing Link
T1566.003 initial-access Spearphishing via Service
T1566.004 initial-access Spearphishing Voice
T1567 exfiltration Exfiltration Over Web Service
T1567.001 exfiltration Exfiltration to Code Repository
T1567.002 exfiltration Exfiltration to Cloud Storage
T1567.003 exfiltration Exfiltration to Text Storage Sites
T1567.004 exfiltration Exfiltration Over Webhook
T1568 command-and-control Dynamic Resolution
T1568.001 command-and-control Fast Flux DNS
T1568.002 command-and-control Domain Generation Algorithms
T1568.003 command-and-control DNS Calculation
T1569 execution System Services
T1569.001 execution Launchctl
T1569.002 execution Service Execution
T1569.003 execution Systemctl
T1570 lateral-movement Lateral Tool Transfer
T1571 command-and-control Non-Standard Port
T1572 command-and-control Protocol Tunneling
T1573 command-and-control Encrypted Channel
T1573.001 command-and-control Symmetric Cryptography
T1573.002 command-and-control Asymmetric Cryptography
T1574 defense-evasion,persistence,privilege-escalation Hijack Execution Flow
T1574.001 defense-evasion,persistence,privilege-escalation DLL
T1574.002 defense-evasion,persistence,privilege-escalation DLL Side-Loading
T1574.004 defense-evasion,persistence,privilege-escalation Dylib Hijacking
T1574.005 defense-evasion,persistence,privilege-escalation Executable Installer File Permissions Weakness
T1574.006 defense-evasion,persistence,privilege-escalation Dynamic Linker Hijacking
T1574.007 defense-evasion,persistence,privilege-escalation Path Interception by PATH Environment Variable
T1574.008 defense-evasion,persistence,privilege-escalation Path Interception by Search Order Hijacking
T1574.009 defense-evasion,persistence,privilege-escalation Path Interception by Unquoted Path
T1574.010 defense-evasion,persistence,privilege-escalation Services File Permissions Weakness
T1574.011 defense-evasion,persistence,privilege-escalation Services Registry Permissions Weakness
T1574.012 defense-evasion,persistence,privilege-escalation COR_PROFILER
T1574.013 defense-evasion,persistence,privilege-escalation KernelCallbackTable
T1574.014 defense-evasion,persistence,privilege-escalation AppDomainManager
T1578 defense-evasion Modify Cloud Compute Infrastructure
T1578.001 defense-evasion Create Snapshot
T1578.002 defense-evasion Create Cloud Instance
T1578.003 defense-evasion Delete Cloud Instance
T1578.004 defense-evasion Revert Cloud Instance
T1578.005 defense-evasion Modify Cloud Compute Configurations
T1580 discovery Cloud Infrastructure Discovery
T1583 resource-development Acquire Infrastructure
T1583.001 resource-development Domains
T1583.002 resource-development DNS Server
T1583.003 resource-development Virtual Private Server
T1583.004 resource-development Server
T1583.005 resource-development Botnet
T1583.006 resource-development Web Services
T1583.007 resource-development Serverless
T1583.008 resource-development Malvertising
T1584 resource-development Compromise Infrastructure
T1584.001 resource-development Domains
T1584.002 resource-development DNS Server
T1584.003 resource-development Virtual Private Server
T1584.004 resource-development Server
T1584.005 resource-development Botnet
T1584.006 resource-development Web Services
T1584.007 resource-development Serverless
T1584.008 resource-development Network Devices
T1585 resource-development Establish Accounts
T1585.001 resource-development Social Media Accounts
T1585.002 resource-development Email Accounts
T1585.003 resource-development Cloud Accounts
T1586 resource-development Compromise Accounts
T1586.001 resource-development Social Media Accounts
T1586.002 resource-development Email Accounts
T1586.003 resource-development Cloud Accounts
T1587 resource-development Develop Capabilities
T1587.001 resource-development Malware
T1587.002 resource-development Code Signing Certificates
T1587.003 resource-development Digital Certificates
T1587.004 resource-development Exploits
T1588 resource-development Obtain Capabilities
T1588.001 resource-development Malware
T1588.002 resource-development Tool
T1588.003 resource-development Code Signing Certificates
T1588.004 resource-development Digital Certificates
T1588.005 resource-development Exploits
T1588.006 resource-development Vulnerabilities
T1588.007 resource-development Artificial Intelligence
T1589 reconnaissance Gather Victim Identity Information
T1589.001 reconnaissance Credentials
T1589.002 reconnaissance Email Addresses
T1589.003 reconnaissance Employee Names
T1590 reconnaissance Gather Victim Network Information
T1590.001 reconnaissance Domain Properties
T1590.002 reconnaissance DNS
T1590.003 reconnaissance Network Trust Dependencies
T1590.004 reconnaissance Network Topology
T1590.005 reconnaissance IP Addresses
T1590.006 reconnaissance Network Security Appliances
T1591 reconnaissance Gather Victim Org Information
T1591.001 reconnaissance Determine Physical Locations
T1591.002 reconnaissance Business Relationships
T1591.003 reconnaissance Identify Business Tempo
T1591.004 reconnaissance Identify Roles
T1592 reconnaissance Gather Victim Host Information
T1592.001 reconnaissance Hardware
T1592.002 reconnaissance Software
T1592.003 reconnaissance Firmware
T1592.004 reconnaissance Client Configurations
T1593 reconnaissance Search Open Websites/Domains
T1593.001 reconnaissance Social Media
T1593.002 reconnaissance Search Engines
T1593.003 reconnaissance Code Repositories
T1594 reconnaissance Search Victim-Owned Websites
T1595 reconnaissance Active Scanning
T1595.001 reconnaissance Scanning IP Blocks
T1595.002 reconnaissance Vulnerability Scanning
T1595.003 reconnaissance Wordlist Scanning
T1596 reconnaissance Search Open Technical Databases
T1596.001 reconnaissance DNS/Passive DNS
T1596.002 reconnaissance WHOIS
T1596.003 reconnaissance Digital Certificates
T1596.004 reconnaissance CDNs
T1596.005 reconnaissance Scan Databases
T1597 reconnaissance Search Closed Sources
T1597.001 reconnaissance Threat Intel Vendors
T1597.002 reconnaissance Purchase Technical Data
T1598 reconnaissance Phishing for Information
T1598.001 reconnaissance Spearphishing Service
T1598.002 reconnaissance Spearphishing Attachment
T1598.003 reconnaissance Spearphishing Link
T1598.004 reconnaissance Spearphishing Voice
T1599 defense-evasion Network Boundary Bridging
T1599.001 defense-evasion Network Address Translation Traversal
T1600 defense-evasion Weaken Encryption
T1600.001 defense-evasion Reduce Key Space
T1600.002 defense-evasion Disable Crypto Hardware
T1601 defense-evasion Modify System Image
T1601.001 defense-evasion Patch System Image
T1601.002 defense-evasion Downgrade System Image
T1602 collection Data from Configuration Repository
T1602.001 collection SNMP (MIB Dump)
T1602.002 collection Network Device Configuration Dump
T1606 credential-access Forge Web Credentials
T1606.001 credential-access Web Cookies
T1606.002 credential-access SAML Tokens
T1608 resource-development Stage Capabilities
T1608.001 resource-development Upload Malware
T1608.002 resource-development Upload Tool
T1608.003 resource-development Install Digital Certificate
T1608.004 resource-development Drive-by Target
T1608.005 resource-development Link Target
T1608.006 resource-development SEO Poisoning
T1609 execution Container Administration Command
T1610 defense-evasion,execution Deploy Container
T1611 privilege-escalation Escape to Host
T1612 defense-evasion Build Image on Host
T1613 discovery Container and Resource Discovery
T1614 discovery System Location Discovery
T1614.001 discovery System Language Discovery
T1615 discovery Group Policy Discovery
T1619 discovery Cloud Storage Object Discovery
T1620 defense-evasion Reflective Code Loading
T1621 credential-access Multi-Factor Authentication Request Generation
T1622 defense-evasion,discovery Debugger Evasion
T1647 defense-evasion Plist File Modification
T1648 execution Serverless Execution
T1649 credential-access Steal or Forge Authentication Certificates
T1650 resource-development Acquire Access
T1651 execution Cloud Administration Command
T1652 discovery Device Driver Discovery
T1653 persistence Power Settings
T1654 discovery Log Enumeration
T1656 defense-evasion Impersonation
T1657 impact Financial Theft
T1659 command-and-control,initial-access Content Injection
T1665 command-and-control Hide Infrastructure
T1666 defense-evasion Modify Cloud Resource Hierarchy
T1667 impact Email Bombing
T1668 persistence Exclusive Control
T1669 initial-access Wi-Fi Networks
T1671 persistence Cloud Application Integration
T1672 defense-evasion Email Spoofing
T1673 discovery Virtual Machine Discovery
T1674 execution Input Injection
T1675 execution ESXi Administration Command
T1677 execution Poisoned Pipeline Execution
T1678 defense-evasion Delay Execution
T1679 defense-evasion Selective Exclusion
T1680 discovery Local Storage Discovery
T1681 reconnaissance Search Threat Vendor Data
`;

/** Id, and the id that replaced it in the same version. */
export const revoked = `
T1002 T1560
T1004 T1547.004
T1009 T1027.001
T1013 T1547.010
T1015 T1546.008
T1017 T1072
T1019 T1542.001
T1022 T1560
T1023 T1547.009
T1024 T1573
T1028 T1021.006
T1031 T1543.003
T1032 T1573
T1035 T1569.002
T1038 T1574.001
T1042 T1546.001
T1044 T1574.010
T1045 T1027.002
T1050 T1543.003
T1053.001 T1053.002
T1054 T1562.006
T1058 T1574.011
T1060 T1547.001
T1063 T1518.001
T1065 T1571
T1066 T1027.005
T1067 T1542.003
T1073 T1574.002
T1075 T1550.002
T1076 T1021.001
T1077 T1021.002
T1079 T1573
T1081 T1552.001
T1084 T1546.003
T1085 T1218.011
T1086 T1059.001
T1088 T1548.002
T1089 T1562.001
T1093 T1055.012
T1094 T1095
T1096 T1564.004
T1097 T1550.003
T1099 T1070.006
T1100 T1505.003
T1101 T1547.005
T1103 T1546.010
T1107 T1070.004
T1109 T1542.002
T1116 T1553.002
T1117 T1218.010
T1118 T1218.004
T1121 T1218.009
T1122 T1546.015
T1126 T1070.005
T1128 T1546.007
T1130 T1553.004
T1131 T1547.002
T1138 T1546.011
T1139 T1552.003
T1141 T1056.002
T1142 T1555.001
T1143 T1564.003
T1144 T1553.001
T1145 T1552.004
T1146 T1070.003
T1147 T1564.002
T1148 T1562.003
T1150 T1547.011
T1151 T1036.006
T1152 T1569.001
T1154 T1546.005
T1155 T1059.002
T1156 T1546.004
T1157 T1574.004
T1158 T1564.001
T1159 T1543.001
T1160 T1543.004
T1161 T1546.006
T1162 T1547.011
T1163 T1037.004
T1164 T1547.007
T1165 T1037.005
T1166 T1548.001
T1167 T1555.002
T1168 T1053
T1169 T1548.003
T1170 T1218.005
T1171 T1557.001
T1172 T1090.004
T1173 T1559.002
T1174 T1556.002
T1177 T1547.008
T1178 T1134.005
T1179 T1056.004
T1180 T1546.002
T1181 T1055.011
T1182 T1546.009
T1183 T1546.012
T1184 T1563.001
T1186 T1055.013
T1188 T1090.003
T1191 T1218.003
T1192 T1566.002
T1193 T1566.001
T1194 T1566.003
T1196 T1218.002
T1198 T1553.003
T1206 T1548.003
T1208 T1558.003
T1209 T1547.003
T1214 T1552.002
T1215 T1547.006
T1223 T1218.001
T1483 T1568.002
T1487 T1561.002
T1488 T1561.001
T1492 T1565.001
T1493 T1565.002
T1494 T1565.003
T1500 T1027.004
T1501 T1543.002
T1502 T1134.004
T1503 T1555.003
T1504 T1546.013
T1506 T1550.004
T1514 T1548.004
T1519 T1546.014
T1522 T1552.005
T1527 T1550.001
T1536 T1578.004
T1547.011 T1647
T1574.002 T1574.001
`;

/** Id, and the id and name that replace it from version 19 on. */
export const renamed = `
T1562 T1685 Disable or Modify Tools
T1656 T1684.001 Impersonation
T1070.001 T1685.005 Clear Windows Event Logs
T1070.002 T1685.006 Clear Linux or Mac System Logs
T1547.011 T1647 Plist File Modification
T1562.001 T1685 Disable or Modify Tools
T1562.002 T1685.001 Disable or Modify Windows Event Log
T1562.004 T1686 Disable or Modify System Firewall
T1562.006 T1685 Disable or Modify Tools
T1562.007 T1686.001 Cloud Firewall
T1562.008 T1685.002 Disable or Modify Cloud Log
T1562.010 T1689 Downgrade Attack
`;
