import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { alertWith } from '../../tests/support/alert.ts';
import type { Alert } from '../model/alert.ts';
import { AlertsFile, AlertsFileError } from './alerts-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-alerts-'));
after(() => rmSync(folder, { recursive: true }));
const pathOf = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(pathOf(name), 'utf8');

const alert = (id: string): Alert => alertWith(id, { id });

const goOn = (name: string, written?: AlertsFile['written']) =>
  AlertsFile.goingOn(pathOf(name), name, written);

/** Writes the alerts and gives back how far. */
function write(file: AlertsFile, ...ids: string[]): AlertsFile['written'] {
  file.append(ids.map(alert));
  file.close();
  return file.written;
}

const why = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof AlertsFileError) return `${error.diagnostic.code}: ${error.message}`;
    throw error;
  }
  return 'nothing was thrown';
};

test('a file that is written anew loses what it held; hidden characters are spelled', () => {
  writeFileSync(pathOf('anew'), 'something else');
  write(AlertsFile.anew(pathOf('anew')), 'ü', '\u202e');
  assert.equal(read('anew'), '{"id":"ü"}\n{"id":"\\u202e"}\n');
});

test('what was written after the last note is taken back, and writing goes on there', () => {
  const first = write(goOn('on'), '1', '2');
  assert.deepEqual(first.length, 22);
  write(goOn('on', first), 'not noted');
  appendFileSync(pathOf('on'), '{"id":"cut of');
  const second = write(goOn('on', first), '3');
  assert.equal(read('on'), '{"id":"1"}\n{"id":"2"}\n{"id":"3"}\n');
  const many = Array.from({ length: 1000 }, (_, n) => `many-${n}`);
  const third = write(goOn('on', second), ...many);
  assert.equal(goOn('on', third).written.digest, third.digest);
});

test('a file that is gone or was emptied begins anew and says so', () => {
  const written = write(goOn('gone'), '1');
  rmSync(pathOf('gone'));
  const file = goOn('gone', written);
  assert.equal(file.wasGone, true);
  write(file, '2');
  assert.equal(read('gone'), '{"id":"2"}\n');
  assert.equal(goOn('never').wasGone, false);
  const nothing = write(goOn('nothing'));
  assert.equal(goOn('nothing', nothing).wasGone, false);
});

test('a file that is not as it was left is refused and not touched', () => {
  const written = write(goOn('mine'), '1', '2');
  const refused = (text: string, note?: AlertsFile['written']): string => {
    writeFileSync(pathOf('mine'), text);
    const said = why(() => goOn('mine', note));
    assert.equal(read('mine'), text);
    return said;
  };
  mkdirSync(pathOf('folder'));
  assert.deepEqual(
    [
      refused('{"id":"1"}\n', written),
      refused('{"id":"1"}\n{"id":"9"}\n{"id":"3"}\n', written),
      refused('other'),
      why(() => goOn('folder')),
      why(() => AlertsFile.anew(pathOf('folder'))),
      why(() => goOn('no/such/file')),
    ],
    [
      'RUN013: 22 bytes were written, and it has 11',
      'RUN013: it was changed since the last scan wrote it',
      'RUN013: it holds something that the state file knows nothing of',
      'RUN013: it is a folder',
      'RUN013: it is a folder',
      'RUN013: its folder does not exist',
    ],
  );
});

const device = '/dev/full';
test('a full disk is told', { skip: existsSync(device) ? false : `there is no ${device} here` }, () => {
  const full = AlertsFile.anew(device);
  assert.equal(
    why(() => full.append([alert('1')])),
    'RUN013: the disk is full',
  );
  full.close();
  assert.equal(
    why(() => AlertsFile.goingOn(device, device, undefined)),
    'RUN013: it is no regular file',
  );
});
