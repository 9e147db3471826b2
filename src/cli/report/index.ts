/** The list of outputs: a new one is a file and its line here. */
import { csv } from './csv.ts';
import { github } from './github.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { md } from './md.ts';
import { ndjson } from './ndjson.ts';
import { sarif } from './sarif.ts';
import { table } from './table.ts';
import type { ReportFormat } from './types.ts';

const formats = { table, json, ndjson, csv, sarif, junit, md, html, github } as const;

export type ReportName = keyof typeof formats;

export const reportFormats: Readonly<Record<ReportName, ReportFormat>> = formats;

export const reportNames = Object.keys(formats) as readonly ReportName[];
