/** A server of a language model that behaves as its path says, on 127.0.0.1 only; tells its address to its parent. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const seen = new Map<string, { readonly headers: unknown; readonly body: unknown }[]>();

const completion = JSON.stringify({
  choices: [{ message: { content: 'verdict=TP' } }],
  usage: { total_tokens: 42 },
});

type Behaviour = (response: ServerResponse, call: number, request: IncomingMessage) => void;

const send = (response: ServerResponse, status: number, body = '', headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
};

const behaviours: Readonly<Record<string, Behaviour>> = {
  ok: (response) => send(response, 200, completion),
  untold: (response) => send(response, 200, '{"choices":[{"message":{"content":"verdict=TP"}}]}'),
  twice500: (response, call) => (call < 3 ? send(response, 500) : send(response, 200, completion)),
  always429: (response) => send(response, 429, '', { 'retry-after': '0' }),
  always500: (response) => send(response, 500),
  retryLater: (response) => send(response, 429, '', { 'retry-after': '60' }),
  denied: (response, _, { headers }) => send(response, 401, `no: ${headers.authorization}`),
  echoKey: (response, _, { headers }) => send(response, 200, `not json ${headers.authorization}`),
  never: () => {},
  slowBody: (response) => void response.writeHead(200).write('{"choices":'),
  notJson: (response) => send(response, 200, '<html>'),
  otherJson: (response) => send(response, 200, '{"error":"no"}'),
  null: (response) => send(response, 200, 'null'),
  huge: (response) => send(response, 200, `{"choices":"${'x'.repeat(3_000_000)}"}`),
  redirect: (response) => send(response, 307, '', { location: '/stolen/chat/completions' }),
  stolen: (response) => send(response, 200, completion),
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, name = '', which = ''] = (request.url ?? '').split('/');
  if (name === 'seen') {
    // Whoever asks was blocked since the last time, and would find the connection closed.
    send(response, 200, JSON.stringify(seen.get(which) ?? []), { connection: 'close' });
    return;
  }
  const body = Buffer.concat(await Array.fromAsync(request)).toString();
  const calls = [...(seen.get(name) ?? []), { headers: request.headers, body: JSON.parse(body) as unknown }];
  seen.set(name, calls);
  behaviours[name]?.(response, calls.length, request);
}

const server = createServer((request, response) => void answer(request, response));

server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
