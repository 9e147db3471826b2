import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actorsIn, familiesIn } from './classify.ts';
import { isJunk } from './junk.ts';
import { readSentences, sentencesOf } from './sentences.ts';
import { slugOf, titleOfClause, titleOfFilter, titleOfText, wordsOfFilter } from './title.ts';
import { wholeOf } from './whole.ts';
import { bagOf, likeness, overlap, stem } from './words.ts';

const title = (text: string): string => titleOfText(readSentences(text), text);

test('texts that say nothing are junk, texts that say a little are not', () => {
  const junk = ['Unknown', 'unlikely.', 'None at this time', 'N/A', 'TBD', '  ', 'No known false positives.'];
  const filler = ['Unknown. Filter as needed.', 'False positives should be limited, filter as needed.'];
  const more = [
    'There are no known false positives for this detection.',
    'Legitimate activity',
    'Very unlikely',
  ];
  for (const text of [...junk, ...filler, ...more]) assert.equal(isJunk(text), true, text);
  const said = [
    'Backup agents',
    'Unlikely, but backup agents do it.',
    'Unknown scanners',
    'Rare admin scripts',
  ];
  for (const text of said) assert.equal(isJunk(text), false, text);
});

test('sentences end where a capital follows, not behind abbreviations', () => {
  assert.deepEqual(sentencesOf('Some tools, e.g. Velero, list secrets.\nAsk the owner! "Quoted." Last one'), [
    'Some tools, e.g. Velero, list secrets.',
    'Ask the owner!',
    '"Quoted."',
    'Last one',
  ]);
});

test('every sentence has a role', () => {
  const text =
    'A backup controller lists secrets in all namespaces. Verify whether the service account belongs to it. ' +
    'Consider adding an exception for that account. False positives are rare.';
  assert.deepEqual(
    readSentences(text).map(({ role }) => role),
    ['behaviour', 'verify', 'advice', 'likelihood'],
  );
});

test('titles come from the behaviour, in sentence case, and are at most 80 characters', () => {
  assert.equal(title('it is possible that backup agents list secrets.'), 'Backup agents list secrets');
  assert.equal(title('Verify the user. Node agents mount host paths.'), 'Node agents mount host paths');
  assert.equal(title('kubectl.exe is renamed by packagers'), 'kubectl.exe is renamed by packagers');
  assert.equal(title('Unlikely.'), 'Unlikely');
  const long = title(
    'The nightly job of the storage team copies every volume to another region, and it deletes the copies that are older than thirty days.',
  );
  assert.equal(long, 'The nightly job of the storage team copies every volume to another region');
  assert.equal(
    title(
      'Controllers that reconcile Secrets of other teams (cert-manager, external-secrets, sealed-secrets and vault)',
    ),
    'Controllers that reconcile Secrets of other teams',
  );
  const noClause = title(`${'many words without any pause '.repeat(6)}`);
  assert.ok(noClause.length <= 80 && noClause.endsWith('…'), noClause);
});

test('conditions and filters have titles too', () => {
  assert.equal(titleOfClause('not  user.name : (\n  "a" or "b"\n)'), 'user.name : ( "a" or "b" )');
  assert.equal(titleOfFilter('filter_main_snap_update', 'Service stopped'), 'Snap update (Service stopped)');
  assert.equal(wordsOfFilter('filter_optional_onedrive_2'), 'Onedrive');
  assert.equal(titleOfFilter('filter2', 'Service stopped'), 'Known exclusion (Service stopped)');
  assert.equal(slugOf('Excludes user.name: ("É" or x)'), 'excludes-user-name-e-or-x');
});

test('actors and families are told by keywords', () => {
  const text =
    'Flux, a GitOps controller, applies manifests after an upgrade; developers debug with Jenkins.';
  assert.deepEqual(actorsIn(text), ['ci', 'developer', 'gitops', 'operator', 'workload']);
  assert.deepEqual(familiesIn(text), ['automation', 'development', 'install-or-update']);
  assert.deepEqual(actorsIn('A fleet of servers in flux; fleet-agent reconciles.'), ['gitops']);
  assert.deepEqual(actorsIn('A fleet refresh replaces laptops.'), []);
});

test('endings do not make another word, and common words count little', () => {
  assert.deepEqual(['secrets', 'mounted', 'policies', 'access', 'ec2'].map(stem), [
    'secret',
    'mount',
    'policy',
    'access',
    'ec2',
  ]);
  const one = bagOf('A legitimate administrator may delete the bucket.');
  assert.equal(likeness(one, bagOf('An administrator deletes buckets legitimately.')) > 0.8, true);
  assert.equal(likeness(one, bagOf('A legitimate administrator may delete the trail.')) < 0.8, true);
  assert.equal(likeness(bagOf(''), bagOf('')), 0);
  assert.equal(overlap('a b c d', 'a b c e'), 0.6);
});

test('what a cut title leaves out', () => {
  const text =
    'Administrators of the cluster\nmay do so, and so may the jobs that clean up after them at night.';
  assert.equal(wholeOf({ title: 'Administrators of the cluster', text }), undefined);
  assert.equal(wholeOf({ title: 'Administrators of the…', text }), text.replace('\n', ' '));
  const long = wholeOf({ title: 'x…', text: 'word '.repeat(200) }) ?? '';
  assert.deepEqual([long.length, long.slice(-6)], [401, 'word …']);
});
