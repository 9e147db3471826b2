import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { compareAddresses, inBlock, parseAddress, parseBlock } from './address.ts';

const contains = (block: string, address: string): boolean => {
  const [a, b] = [parseAddress(address), parseBlock(block)];
  assert.ok(a && b, `${block} or ${address} cannot be read`);
  return inBlock(a, b);
};

test('an address is its bytes, however it is written', () => {
  const same = [
    ['10.0.0.1', '::ffff:10.0.0.1', '::ffff:a00:1', '0:0:0:0:0:FFFF:0a00:0001'],
    ['::1', '0:0:0:0:0:0:0:1', '0::1', '::0.0.0.1', '0000:0000::0001'],
    ['2001:db8::', '2001:DB8:0:0:0:0:0:0', '2001:db8:0::0'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
  ];
  for (const [first = '', ...others] of same)
    for (const other of others) assert.deepEqual(parseAddress(other), parseAddress(first), other);
});

for (const text of [
  '',
  ' ',
  '1',
  '10',
  '1.2.3',
  '1.2.3.',
  '.1.2.3',
  '1..2.3',
  '1.2.3.4.5',
  '256.1.1.1',
  '1.2.3.256',
  '-1.2.3.4',

  '01.2.3.4',
  '1.2.3.04',
  '00.0.0.0',
  '0x1.2.3.4',
  '1.2.3.4 ',
  ' 1.2.3.4',
  '1.2.3.4/32',
  '1.2.3.4:80',
  '1,2,3,4',
  ':',
  ':::',
  '1:',
  ':1',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '::1:2:3:4:5:6:7:8',

  '1::2::3',
  '12345::',
  '::g',
  'fe80::1%eth0',
  '[::1]',
  '::1.2.3',
  '::01.2.3.4',
  '1.2.3.4::',
  '::1.2.3.4:5',
  '1:2:3:4:5:6:7:1.2.3.4',
  '::ffff:10.0.0.1:',
  '١.2.3.4',
  'localhost',
  'a.b.c.d',
]) {
  test(`"${text}" is no address`, () => assert.equal(parseAddress(text), undefined));
}

test('blocks ignore host bits and take single addresses', () => {
  assert.deepEqual(parseBlock('10.6.48.157/8'), parseBlock('10.0.0.0/8'));
  assert.equal(contains('10.6.48.157/8', '10.255.0.1'), true);
  assert.equal(contains('10.6.48.157/8', '11.0.0.1'), false);
  assert.equal(contains('::1', '::1'), true);
  assert.equal(contains('::1', '::2'), false);
  assert.equal(contains('127.0.0.1', '::ffff:127.0.0.1'), true);
  assert.equal(contains('fe80::/10', 'febf::1'), true);
  assert.equal(contains('fe80::/10', 'fec0::1'), false);
  assert.equal(contains('0.0.0.0/0', '255.255.255.255'), true);
  assert.equal(contains('0.0.0.0/0', '::1'), false);
  assert.equal(contains('::/0', '10.0.0.1'), true);
  assert.equal(contains('::ffff:10.0.0.0/104', '10.1.2.3'), true);
  assert.equal(contains('240.0.0.0/4', '250.1.1.1'), true);
});

for (const text of [
  '10.0.0.0/33',
  '::/129',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0.0/08',
  '10.0.0.0/8/8',
  '/8',
  '10/8',
  'x/8',
])
  test(`"${text}" is no block`, () => assert.equal(parseBlock(text), undefined));

test('addresses are ordered by their bytes, as unsigned numbers', () => {
  const ascending = [
    '::',
    '::1',
    '10.0.0.1',
    '10.0.0.2',
    '127.255.255.255',
    '128.0.0.0',
    '255.0.0.0',
    '1::',
    'ffff::',
  ];
  const addresses = ascending.map((text) => parseAddress(text)).filter((address) => address !== undefined);
  assert.equal(addresses.length, ascending.length);
  addresses.forEach((a, i) =>
    addresses.forEach((b, j) => assert.equal(Math.sign(compareAddresses(a, b)), Math.sign(i - j))),
  );
});

/** ipaddr.js takes the long deprecated `::1.2.3.4` for the mapped address, against RFC 4291. */
const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6()).filter((text) => !/^::\d+\./.test(text));

test('generated addresses are read as ipaddr.js reads them', () => {
  fc.assert(
    fc.property(anyAddress, (text) => {
      const parsed = ipaddr.parse(text);
      const v6 = parsed instanceof ipaddr.IPv4 ? parsed.toIPv4MappedAddress() : (parsed as ipaddr.IPv6);
      const words = [0, 2, 4, 6].map((i) => ((v6.parts[i] ?? 0) << 16) | (v6.parts[i + 1] ?? 0));
      assert.deepEqual(Object.values(parseAddress(text) ?? {}), words);
    }),
    { numRuns: 1000 },
  );
});

test('blocks contain what ipaddr.js says', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), fc.nat(32), (address, base, length) =>
      assert.equal(
        contains(`${base}/${length}`, address),
        ipaddr.parse(address).match(ipaddr.parse(base), length),
      ),
    ),
  );
});

test('a block contains its base, and a shorter prefix contains all that a longer one does', () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.ipV6(), fc.nat(128), fc.nat(128), (base, address, one, other) => {
      const [short, long] = [Math.min(one, other), Math.max(one, other)];
      assert.equal(contains(`${base}/${long}`, base), true);
      if (contains(`${base}/${long}`, address)) assert.equal(contains(`${base}/${short}`, address), true);
    }),
  );
});

test('no text makes the parser throw', () => {
  const texts = fc.string({ unit: fc.constantFrom(...'0123456789abf:./% ') });
  fc.assert(
    fc.property(texts, (text) => {
      const ours = parseAddress(text);
      if (ours !== undefined) assert.equal(ipaddr.isValid(text), true);
      parseBlock(text);
    }),
    { numRuns: 2000 },
  );
});
