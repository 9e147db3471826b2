import { inBlock, parseAddress, parseBlock } from '../data/address.ts';
import { defineFunction } from './define.ts';

export const cidrMatch = defineFunction({
  name: 'cidrMatch',
  category: 'address',
  summary: 'Whether an IP address lies in one of the blocks. An address of the other family lies in none.',
  parameters: [
    { name: 'address', type: 'ip', doc: 'The address; anything else gives null.' },
    {
      name: 'block',
      type: 'string',
      variadic: true,
      doc: 'A block such as `10.0.0.0/8`, host bits allowed, or a single address.',
    },
  ],
  returns: 'boolean',
  onNull: 'null',
  insensitive: false,
  examples: [
    { call: 'cidrMatch("10.6.48.157", "10.0.0.0/8")', gives: true },
    { call: 'cidrMatch("192.168.1.1", "10.6.48.157/8", "::1")', gives: false },
    { call: 'cidrMatch("::1", "127.0.0.0/8", "::1")', gives: true },
    { call: 'cidrMatch("not an address", "10.0.0.0/8")', gives: null },
    { call: 'cidrMatch(null, "10.0.0.0/8")', gives: null },
  ],
  call: ([value = null, ...texts]) => {
    const address = typeof value === 'string' ? parseAddress(value) : undefined;
    if (address === undefined) return null;
    const blocks = texts.map((text) => parseBlock(String(text)));
    if (blocks.some((block) => block !== undefined && inBlock(address, block))) return true;
    return blocks.includes(undefined) ? null : false;
  },
});
