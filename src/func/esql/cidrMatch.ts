import { inBlock, parseAddress, parseBlock } from '../../data/address.ts';
import { lost } from './calls.ts';
import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const cidrMatch = scalar({
  name: 'CIDR_MATCH',
  category: 'address',
  summary: 'Whether the address lies in one of the blocks.',
  parameters: [
    { name: 'ip', types: ['ip'], doc: 'The address.' },
    {
      name: 'block',
      types: TEXT,
      variadic: true,
      mistake: (block) =>
        parseBlock(String(block)) === undefined ? 'is neither an IP address nor a block of them' : undefined,
      doc: 'Blocks such as `10.0.0.0/8`.',
    },
  ],
  returns: 'boolean',
  nulls: 'null',
  multi: 'null',
  prepare: ({ constants }) => {
    const known = constants.map((block) => (typeof block === 'string' ? parseBlock(block) : undefined));
    return ([ip, ...blocks], context) => {
      const address = parseAddress(String(ip));
      const read = blocks.map((block, i) => known[i + 1] ?? parseBlock(String(block)));
      if (address === undefined || read.includes(undefined)) return lost('convFail', context);
      return read.some((block) => block !== undefined && inBlock(address, block));
    };
  },
  examples: [
    { call: 'CIDR_MATCH("10.1.2.3", "192.168.0.0/16", "10.0.0.0/8")', gives: true },
    { call: 'CIDR_MATCH("11.1.2.3", "10.0.0.0/8")', gives: false },
    { call: 'CIDR_MATCH("::1", "::/64")', gives: true },
    { call: 'CIDR_MATCH("10.1.2.3", "10.0.0.0/99")', gives: null },
    { call: 'CIDR_MATCH(null, "::/64")', gives: null },
  ],
});
