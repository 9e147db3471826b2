/** Who answers COMPLETION in a run: nobody, a file, or a server (decision 0440). */
import { readFile } from 'node:fs/promises';
import { diagnostic } from '../base/diagnostic.ts';
import type { CompletionSource } from '../engine/ports.ts';
import type { CompletionSummary } from '../model/summary.ts';
import type { Provider } from '../provider/completion.ts';
import { Questions } from '../provider/completion.ts';
import { fixtureProvider } from '../provider/fixture.ts';
import type { HttpOptions } from '../provider/http.ts';
import { httpProvider } from '../provider/http.ts';
import { SetUpError } from './set-up-error.ts';

export type CompletionChoice =
  | { readonly kind: 'prefilter' }
  | { readonly kind: 'fixture'; readonly file: string }
  | ({ readonly kind: 'http' } & HttpOptions);

export interface Completion {
  readonly source: CompletionSource;
  summary(): CompletionSummary;
  close(): void;
}

/** @throws SetUpError RUN006 for an address or a key that cannot be used, RUN011 for a file of answers */
export async function completionOf(choice: CompletionChoice): Promise<Completion> {
  if (choice.kind === 'prefilter') {
    const summary = { provider: 'prefilter', asked: 0, answered: 0, unanswered: [] } as const;
    return { source: 'prefilter', summary: () => summary, close: () => {} };
  }
  const questions = new Questions(await providerOf(choice));
  return {
    source: questions.complete,
    summary: () => questions.summary(),
    close: () => questions.close(),
  };
}

async function providerOf(choice: Exclude<CompletionChoice, { kind: 'prefilter' }>): Promise<Provider> {
  if (choice.kind === 'fixture') return fixtureOf(choice.file);
  refuseEndpoint(choice.endpoint);
  return httpProvider(choice);
}

async function fixtureOf(file: string): Promise<Provider> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new SetUpError(diagnostic('RUN011', `the file of answers cannot be read: ${error.message}`));
  });
  const provider = fixtureProvider(file, text);
  if (provider.ok) return provider.value;
  throw new SetUpError(provider.diagnostics[0] ?? diagnostic('RUN011', 'the answers cannot be used'));
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Messages name neither the address, which may hold a password, nor the key. */
function refuseEndpoint({ url, key }: HttpOptions['endpoint']): void {
  const problem = problemOf(url, key);
  if (problem !== undefined) throw new SetUpError(diagnostic('RUN006', problem));
}

function problemOf(address: string, key: string | undefined): string | undefined {
  if (!URL.canParse(address)) return 'the address is not a URL';
  const { protocol, hostname, username, password } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:')
    return `the address begins with ${protocol}, not with http: or https:`;
  if (username !== '' || password !== '') return 'the address holds a user name or a password';
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]+$/.test(key)) return 'the key holds characters that no header can carry';
  if (protocol === 'http:' && !LOOPBACK.test(hostname))
    return 'the key would be sent over http, where others can read it';
  return undefined;
}
