/** The catalogue of real checkouts that lie beside ours; the numbers are those of the commits that were measured. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { technique } from '../catalog/attack/attack.ts';
import { buildCatalogue } from '../catalog/assemble/assemble.ts';
import { harvestCheckout } from '../catalog/harvest/checkout.ts';
import { printCatalogue } from '../catalog/print.ts';
import { CatalogueSearch } from '../catalog/search/search.ts';
import { nodeCheckoutFiles } from './catalog.ts';

const corpus = new URL('../../../shared/corpus/', import.meta.url);
const skip = existsSync(corpus)
  ? false
  : 'no checkouts of Elastic’s, Sigma’s and Splunk’s rules beside the repository';

test('real checkouts', { skip }, async (t) => {
  const folders = ['elastic', 'sigma', 'splunk'].map((name) => fileURLToPath(new URL(name, corpus)));
  const checkouts = await Promise.all(folders.map((folder) => harvestCheckout(folder, nodeCheckoutFiles)));
  const { catalogue, diagnostics } = buildCatalogue({ checkouts, behaviours: [] });

  await t.test('LoFP’s scope has the numbers that were measured, and nothing is lost', () => {
    const {
      rules,
      occurrences,
      distinct_lofp,
      distinct,
      lost,
      subtechniques,
      guide_bullets_plain,
      guide_bullets_plain_ai,
    } = catalogue.counts.lofp;
    assert.deepEqual(
      {
        rules,
        occurrences,
        distinct_lofp,
        distinct,
        lost,
        subtechniques,
        guide_bullets_plain,
        guide_bullets_plain_ai,
      },
      {
        rules: 7_044,
        occurrences: 6_073,
        distinct_lofp: 3_106,
        distinct: 3_120,
        lost: 0,
        subtechniques: 802,
        guide_bullets_plain: 6_187,
        guide_bullets_plain_ai: 4_152,
      },
    );
  });

  await t.test('Winnow’s own counts, where they differ (decision 0200)', () => {
    const { lofp, live } = catalogue.counts;
    assert.deepEqual(
      {
        deprecated: lofp.deprecated,
        informative: lofp.informative,
        junk: lofp.junk,
        guide_bullets: lofp.guide_bullets,
        guide_bullets_ai: lofp.guide_bullets_ai,
        live: live.rules,
        live_occurrences: live.occurrences,
        live_lost: live.lost,
      },
      {
        deprecated: 222,
        informative: 3_070,
        junk: 50,
        guide_bullets: 6_349,
        guide_bullets_ai: 4_147,
        live: 7_461,
        live_occurrences: 6_606,
        live_lost: 0,
      },
    );
    assert.ok(catalogue.counts.all.exclusions > 1_700 && catalogue.counts.all.named_filters > 1_900);
  });

  await t.test('every file was read, two of them after mending', () => {
    assert.deepEqual(
      checkouts.flatMap(({ refused }) => refused),
      [],
    );
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      [],
    );
    assert.deepEqual(
      checkouts.flatMap((one) => one.diagnostics.map(({ code }) => code)),
      ['CAT003', 'CAT003'],
    );
  });

  await t.test('titles are short, ids differ, and no group is a chain', () => {
    const long = catalogue.statements.filter(({ title }) => title.length > 80 || title.trim() === '');
    assert.deepEqual(long, []);
    const ids = catalogue.statements.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    const largest = Math.max(...catalogue.clusters.map(({ members }) => members.length));
    assert.ok(largest < 20, `a group of ${largest}`);
  });

  await t.test('every technique has a name but those that only a later ATT&CK has', () => {
    const ids = new Set(catalogue.rules.flatMap(({ techniques }) => techniques.map(({ id }) => id)));
    const unnamed = [...ids].filter((id) => technique(id).name === id);
    assert.deepEqual(unnamed.toSorted(), ['T1685.004', 'T1686.002', 'T1686.003', 'T1690']);
  });

  await t.test('a second run over the same files gives the same bytes', () => {
    const past = catalogue;
    const again = buildCatalogue({ checkouts, behaviours: [], past }).catalogue;
    assert.equal(printCatalogue(again), printCatalogue(catalogue));
  });

  await t.test('every informative statement is found first by its own text', () => {
    const search = new CatalogueSearch(catalogue);
    const field = catalogue.statements.filter(({ origins }) => origins.includes('field'));
    const times: number[] = [];
    const missed = field.filter(({ id, text }) => {
      const began = performance.now();
      const [first] = search.search(text, { limit: 1 }).hits;
      times.push(performance.now() - began);
      return first?.statement.id !== id;
    });
    assert.deepEqual(
      missed.map(({ text }) => text),
      [],
    );
    const inOrder = times.toSorted((a, b) => a - b);
    const p95 = inOrder[Math.floor(inOrder.length * 0.95)] ?? 0;
    t.diagnostic(`${field.length} statements found by their own text, 95th percentile ${p95.toFixed(1)} ms`);
  });
});
