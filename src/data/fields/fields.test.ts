import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtinFieldTypes, fieldTypes } from './index.ts';

const resolve = (name: string) => builtinFieldTypes.resolve(name);

test('ECS fields have their type, and say when they hold several values', () => {
  assert.deepEqual(resolve('process.name'), { name: 'process.name', path: 'process.name', type: 'keyword' });
  assert.deepEqual(resolve('process.args'), {
    name: 'process.args',
    path: 'process.args',
    type: 'keyword',
    array: true,
  });
  assert.deepEqual(
    [
      'process.command_line',
      'process.pid',
      'source.ip',
      '@timestamp',
      'process.interactive',
      'file.elf.sections',
    ]
      .concat(['process.parent.args_count', 'event.risk_score', 'data_stream.dataset', 'source.geo.location'])
      .map((name) => resolve(name).type),
    [
      'wildcard',
      'long',
      'ip',
      'date',
      'boolean',
      'nested',
      'long',
      'double',
      'constant_keyword',
      'geo_point',
    ],
  );
});

test('text fields have an analyzer', () => {
  assert.deepEqual(resolve('message'), {
    name: 'message',
    path: 'message',
    type: 'match_only_text',
    analyzer: 'standard',
  });
  assert.deepEqual(resolve('powershell.file.script_block_text'), {
    name: 'powershell.file.script_block_text',
    path: 'powershell.file.script_block_text',
    type: 'text',
    analyzer: 'word',
  });
});

test('multi-fields read their parent', () => {
  assert.deepEqual(resolve('process.name.caseless'), {
    name: 'process.name.caseless',
    path: 'process.name',
    type: 'keyword',
    lowercase: true,
  });
  assert.deepEqual(resolve('process.command_line.text'), {
    name: 'process.command_line.text',
    path: 'process.command_line',
    type: 'match_only_text',
    analyzer: 'standard',
  });
  assert.deepEqual(resolve('message.keyword'), { name: 'message.keyword', path: 'message', type: 'keyword' });
});

test('behind an unknown name, .caseless and .keyword are multi-fields and .text is a field', () => {
  assert.deepEqual(resolve('my.app.caseless'), {
    name: 'my.app.caseless',
    path: 'my.app',
    type: 'keyword',
    lowercase: true,
  });
  assert.deepEqual(resolve('my.app.keyword'), { name: 'my.app.keyword', path: 'my.app', type: 'keyword' });
  assert.deepEqual(resolve('my.app.text'), { name: 'my.app.text', path: 'my.app.text', type: 'dynamic' });
  assert.deepEqual(resolve('keyword'), { name: 'keyword', path: 'keyword', type: 'dynamic' });
});

test('keys inside flattened fields know their root, whatever they are called', () => {
  const key = 'gcp.audit.labels.command.gke.io/command';
  assert.deepEqual(resolve(key), {
    name: key,
    path: key,
    type: 'flattened',
    flattenedRoot: 'gcp.audit.labels',
  });
  assert.equal(resolve('gcp.audit.request.text').flattenedRoot, 'gcp.audit.request');
  assert.equal(resolve('gcp.audit.request.a.keyword').path, 'gcp.audit.request.a.keyword');
  assert.equal(
    resolve('aws.cloudtrail.flattened.request_parameters.reason').flattenedRoot,
    'aws.cloudtrail.flattened.request_parameters',
  );
  assert.deepEqual(resolve('o365.audit.Members'), {
    name: 'o365.audit.Members',
    path: 'o365.audit.Members',
    type: 'flattened',
  });
});

test('what nobody knows is dynamic, deeper ancestors and names of Object among them', () => {
  for (const name of [
    'my.own.field',
    'process.parent.parent.parent.name',
    'constructor',
    '__proto__',
    '',
    '.',
    'labels.a',
  ])
    assert.deepEqual(resolve(name), { name, path: name, type: 'dynamic' });
});

test('Kubernetes fields are typed as the rules use them', () => {
  const audit = 'kubernetes.audit';
  assert.deepEqual(
    [
      `${audit}.user.groups`,
      `${audit}.requestObject.spec.containers.image`,
      `${audit}.requestObject.spec.volumes.hostPath.path`,
      `${audit}.responseStatus.code`,
      `${audit}.requestObject.spec.hostPID`,
      `${audit}.annotations.authorization_k8s_io/decision`,
      `${audit}.user.extra.authentication.kubernetes.io/pod-name`,
      `${audit}.requestObject.rules`,
    ].map((name) => resolve(name).type),
    ['keyword', 'keyword', 'keyword', 'long', 'boolean', 'keyword', 'dynamic', 'dynamic'],
  );
});

test('old names of alert fields read the new ones', () => {
  assert.deepEqual(resolve('signal.rule.tags'), {
    name: 'signal.rule.tags',
    path: 'kibana.alert.rule.tags',
    type: 'keyword',
    array: true,
  });
});

test('own fields win over the tables, with their multi-fields and flattened keys', () => {
  const types = fieldTypes({
    'process.name': 'text',
    'my.labels': 'flattened',
    'my.script': { type: 'text', analyzer: 'word', array: true },
    'signal.rule.name': 'long',
  });
  assert.deepEqual(types.resolve('process.name'), {
    name: 'process.name',
    path: 'process.name',
    type: 'text',
    analyzer: 'standard',
  });
  assert.deepEqual(types.resolve('my.script'), {
    name: 'my.script',
    path: 'my.script',
    type: 'text',
    analyzer: 'word',
    array: true,
  });
  assert.equal(types.resolve('my.script.keyword').path, 'my.script');
  assert.equal(types.resolve('my.labels.a.b').flattenedRoot, 'my.labels');
  assert.equal(types.resolve('signal.rule.name').path, 'signal.rule.name');
  assert.equal(types.resolve('source.ip').type, 'ip');
  assert.equal(builtinFieldTypes.resolve('process.name').type, 'keyword');
});

test('every name is listed once and resolves to a known type', () => {
  const names = [...fieldTypes({ 'my.labels': 'flattened' }).names()];
  assert.equal(new Set(names).size, names.length);
  for (const name of [
    'my.labels',
    'process.name',
    'process.name.caseless',
    'process.name.text',
    'signal.rule.name',
  ])
    assert.ok(names.includes(name), name);
  assert.deepEqual(
    names.filter((name) => resolve(name).type === 'dynamic' && name !== 'my.labels'),
    [],
  );
});
