/** A rule that asks a model about who ran something, and tells what the model calls a threat ("TP"). */
export const ASKING_RULE = `[rule]
rule_id = "asks"
name = "Asks a model"
description = "d"
author = ["a"]
risk_score = 73
severity = "high"
type = "esql"
language = "esql"
from = "now-10m"
query = '''FROM logs-* | WHERE event.action == "exec" | STATS n = COUNT(*) BY user.name
| COMPLETION answer = user.name WITH { "inference_id": "m" }
| DISSECT answer "verdict=%{verdict}" | WHERE verdict == "TP" | KEEP user.name, n, verdict'''
`;
