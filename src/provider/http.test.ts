import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Questions } from './completion.ts';
import { fixtureProvider } from './fixture.ts';
import type { HttpOptions } from './http.ts';
import { httpProvider } from './http.ts';
import { source } from '../base/source.ts';

/** The server is a process of its own, since asking blocks this one. */
let server: ChildProcess;
let base = '';

before(async () => {
  server = fork(new URL('../../tests/support/completion-server.ts', import.meta.url));
  base = await new Promise<string>((resolve) =>
    server.once('message', (message) => resolve(String(message))),
  );
});
after(() => server.kill());

const KEY = 'sk-very-secret-0123456789';

const provider = (path: string, options: Partial<HttpOptions> = {}) =>
  httpProvider({
    endpoint: { url: `${base}/${path}`, model: 'm1', key: KEY },
    timeout: 5_000,
    requests: 10,
    tokens: 100_000,
    ...options,
  });

/** What came of one question, and what it took. */
function ask(path: string, options?: Partial<HttpOptions>, prompt = 'is this bad?') {
  const asked = provider(path, options);
  try {
    return { reply: asked.ask(prompt), used: { ...asked.used } };
  } finally {
    asked.close();
  }
}

const requestsTo = async (
  path: string,
): Promise<{ readonly headers: Record<string, string>; readonly body: unknown }[]> =>
  (await (await fetch(`${base}/seen/${path}`)).json()) as never;

test('an answer comes with the tokens that it took, and the question goes out in full', async () => {
  assert.deepEqual(ask('ok'), {
    reply: { answer: 'verdict=TP', tokens: 42 },
    used: { requests: 1, tokens: 42 },
  });
  const [sent] = await requestsTo('ok');
  assert.equal(sent?.headers['authorization'], `Bearer ${KEY}`);
  assert.deepEqual(sent?.body, {
    model: 'm1',
    messages: [{ role: 'user', content: 'is this bad?' }],
    temperature: 0,
    max_tokens: 512,
    stream: false,
  });
});

test('a server that does not tell tokens is estimated', () => {
  assert.deepEqual(ask('untold', {}, 'x'.repeat(40)).used, { requests: 1, tokens: 10 + 3 });
});

test('a server in trouble is asked again within the budget', async () => {
  assert.deepEqual(ask('twice500'), {
    reply: { answer: 'verdict=TP', tokens: 42 },
    used: { requests: 3, tokens: 42 },
  });
  assert.deepEqual(ask('always429'), {
    reply: { reason: 'the server answered 429' },
    used: { requests: 3, tokens: 3 },
  });
  assert.deepEqual(ask('always500', { requests: 2 }).used.requests, 2);
  assert.equal((await requestsTo('always500')).length, 2);
});

test('a refusal is not repeated', () => {
  assert.deepEqual(ask('denied'), {
    reply: { reason: 'the server answered 401' },
    used: { requests: 1, tokens: 3 },
  });
});

test('a server that does not answer in time is given up', () => {
  assert.deepEqual(ask('never', { timeout: 200 }).reply, { reason: 'timed out' });
  assert.deepEqual(ask('slowBody', { timeout: 200 }).reply, { reason: 'timed out' });
  // The wait that it asks for is longer than there is time.
  assert.deepEqual(ask('retryLater', { timeout: 20_000 }), {
    reply: { reason: 'the server answered 429' },
    used: { requests: 1, tokens: 3 },
  });
});

test('what is no answer is told apart', () => {
  assert.deepEqual(ask('notJson').reply, { reason: 'the answer is not valid JSON' });
  assert.deepEqual(ask('otherJson').reply, { reason: 'the answer holds no choice with a text' });
  assert.deepEqual(ask('null').reply, { reason: 'the answer holds no choice with a text' });
  assert.deepEqual(ask('huge').reply, { reason: 'the answer is longer than 1 MiB' });
});

test('a redirect is not followed, so that the key stays', async () => {
  assert.deepEqual(ask('redirect').reply, { reason: 'redirected with 307, not followed' });
  assert.deepEqual(await requestsTo('stolen'), []);
});

test('nobody listening is told by its name', () => {
  const asked = httpProvider({
    endpoint: { url: 'http://127.0.0.1:1', model: 'm' },
    timeout: 1_000,
    requests: 5,
    tokens: 5_000,
  });
  const reply = asked.ask('x');
  asked.close();
  assert.ok('reason' in reply);
  assert.match(reply.reason, /^no connection|^the request failed/);
});

test('the budgets end the questions', () => {
  const few = provider('ok', { requests: 1 });
  assert.deepEqual(few.ask('a'), { answer: 'verdict=TP', tokens: 42 });
  assert.deepEqual(few.ask('b'), { reason: 'the budget of 1 requests is used up' });
  few.close();
  const cheap = provider('ok', { tokens: 45 });
  assert.deepEqual(cheap.ask('a'), { answer: 'verdict=TP', tokens: 42 });
  assert.deepEqual(cheap.ask('long enough to cost more'), { reason: 'the budget of 45 tokens is used up' });
  cheap.close();
});

test('the key stands in nothing that is told, even when the server says it', () => {
  const paths = ['denied', 'always429', 'notJson', 'otherJson', 'redirect', 'echoKey', 'huge'];
  assert.ok(!JSON.stringify(paths.map((path) => ask(path))).includes(KEY));
});

test('a question is put once, and failures are counted by their reason', () => {
  const questions = new Questions(provider('denied'));
  for (const prompt of ['a', 'b', 'a']) assert.equal(questions.complete(prompt, 'm'), undefined);
  assert.deepEqual(questions.summary(), {
    provider: 'http',
    asked: 2,
    answered: 0,
    unanswered: [{ what: 'the server answered 401', count: 2 }],
    requests: 2,
    tokens: 2,
  });
  questions.close();
});

test('a fixture answers with the first entry that fits', () => {
  const read = fixtureProvider(
    'f.json',
    '[{"contains":["curl","eve"],"answer":"one"},{"contains":"curl","answer":"two"}]',
  );
  assert.ok(read.ok);
  assert.deepEqual(
    ['eve ran curl', 'bob ran curl', 'bob ran wget'].map((prompt) => read.value.ask(prompt)),
    [{ answer: 'one' }, { answer: 'two' }, { reason: 'no entry of the fixture fits' }],
  );
});

test('what is no fixture is refused by its place', () => {
  const messages = ['{', '{}', '[1]', '[{"answer":1}]', '[{"answer":"a","x":1}]'].map((text) => {
    const read = fixtureProvider('f.json', text);
    assert.ok(!read.ok);
    assert.equal(read.diagnostics[0]?.source?.name, source('f.json', '').name);
    return read.diagnostics[0]?.message.replace(/JSON: .*/s, 'JSON');
  });
  assert.deepEqual(messages, [
    'the answers are not valid JSON',
    'the answers are no list',
    'entry 1 of the answers is not { "contains", "answer" }',
    'entry 1 of the answers is not { "contains", "answer" }',
    'entry 1 of the answers is not { "contains", "answer" }',
  ]);
});
