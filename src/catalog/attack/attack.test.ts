import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attack, isAbout, isNamed, tacticName, technique, techniqueLabel } from './attack.ts';

test('techniques have names, tactics and what replaces them', () => {
  assert.deepEqual(technique('T1552.007'), {
    id: 'T1552.007',
    name: 'Container API',
    tactics: ['credential-access'],
  });
  assert.deepEqual(technique('T1562'), {
    id: 'T1562',
    name: 'Impair Defenses',
    tactics: ['defense-evasion'],
    now: { id: 'T1685', name: 'Disable or Modify Tools' },
  });
  assert.equal(techniqueLabel(technique('T1562')), 'T1562, now T1685');
  assert.equal(techniqueLabel(technique('T1002')), 'T1002, now T1560');
  assert.equal(techniqueLabel(technique('T1059')), 'T1059');
});

test('an id that only a later version has takes its name from what it replaces, an unknown one from the rule', () => {
  assert.deepEqual(technique('T1685'), {
    id: 'T1685',
    name: 'Disable or Modify Tools',
    tactics: ['defense-evasion'],
  });
  assert.equal(technique('T9999', 'The rule’s name').name, 'The rule’s name');
  assert.equal(technique('T9999').name, 'T9999');
  assert.deepEqual([isNamed('T1685'), isNamed('T9999')], [true, false]);
  assert.deepEqual(
    ['T1685.004', 'T1686.002', 'T1686.003', 'T1690'].map((id) => technique(id).name),
    [
      'Disable or Modify Linux Audit System Log',
      'Network Device Firewall',
      'Windows Host Firewall',
      'Prevent Command History Logging',
    ],
  );
  assert.equal(techniqueLabel(technique('T1562.003')), 'T1562.003, now T1690');
});

test('a search for a technique means its sub-techniques and its old and new ids', () => {
  assert.equal(isAbout('T1552.001', 'T1552'), true);
  assert.equal(isAbout('T1552', 'T1552.001'), false);
  assert.equal(isAbout('T1562.001', 'T1685'), true);
  assert.equal(isAbout('T1685', 'T1562'), true);
  assert.equal(isAbout('T15520', 'T1552'), false);
});

test('tactics of any version have a name, and the table says whose it is', () => {
  assert.equal(tacticName('command-and-control'), 'Command and Control');
  assert.equal(tacticName('defense-impairment'), 'Defense Impairment');
  assert.match(attack.attribution, /MITRE Corporation/);
});
