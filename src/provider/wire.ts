/**
 * One question over HTTP, in the form of OpenAI's chat completions that most servers of language models speak. Nothing
 * that the server says is repeated but its answer and its status: it may quote the key.
 */
import type { Reply } from './completion.ts';

export interface Endpoint {
  /** Up to and without `/chat/completions`. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token. */
  readonly key?: string;
}

export interface Question {
  readonly prompt: string;
  /** Milliseconds for all attempts together. */
  readonly timeout: number;
  /** Attempts that the budget has left, at least one. */
  readonly attempts: number;
  /** Of the answer. */
  readonly mostTokens: number;
}

export interface Told {
  readonly reply: Reply;
  readonly requests: number;
}

/** A body beyond this many bytes is no answer. */
const MOST_BYTES = 1_048_576;
const ATTEMPTS = 3;
const FIRST_PAUSE = 250;
/** What may be different a moment later: too many requests, and a server in trouble. */
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Never throws. A redirect is not followed: the key belongs to this address. */
export async function askOverHttp(endpoint: Endpoint, question: Question): Promise<Told> {
  const signal = AbortSignal.timeout(question.timeout);
  const until = Date.now() + question.timeout;
  const attempts = Math.min(ATTEMPTS, question.attempts);
  for (let requests = 1; ; requests++) {
    const { reply, pause } = await attempt(endpoint, question, signal);
    const wait = pause === undefined ? undefined : Math.max(pause, FIRST_PAUSE * 2 ** (requests - 1));
    if (wait === undefined || requests >= attempts || Date.now() + wait >= until) return { reply, requests };
    await new Promise((resume) => setTimeout(resume, wait));
  }
}

interface Attempt {
  readonly reply: Reply;
  /** Milliseconds after which another attempt may do better; undefined when none can. */
  readonly pause?: number;
}

async function attempt(endpoint: Endpoint, question: Question, signal: AbortSignal): Promise<Attempt> {
  try {
    const response = await fetch(`${endpoint.url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      redirect: 'manual',
      signal,
      headers: headersOf(endpoint),
      body: bodyOf(endpoint, question),
    });
    const { status } = response;
    if (status === 200) return { reply: answerIn(await textOf(response)) };
    await response.body?.cancel();
    if (status >= 300 && status < 400)
      return { reply: { reason: `redirected with ${status}, not followed` } };
    const reply = { reason: `the server answered ${status}` };
    return PASSING.has(status) ? { reply, pause: pauseOf(response) } : { reply };
  } catch (error) {
    return { reply: { reason: failureOf(error) } };
  }
}

const headersOf = ({ key }: Endpoint): Record<string, string> => ({
  'content-type': 'application/json',
  accept: 'application/json',
  ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
});

const bodyOf = ({ model }: Endpoint, { prompt, mostTokens }: Question): string =>
  JSON.stringify({
    model,
    messages: [{ role: 'user', content: prompt }],
    temperature: 0,
    max_tokens: mostTokens,
    stream: false,
  });

/** `Retry-After` in seconds; a date there means no more than our own pause. */
function pauseOf({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? '0');
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : 0;
}

async function textOf(response: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    // Leaving the loop cancels the rest.
    if (size > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

interface Body {
  readonly choices?: readonly { readonly message?: { readonly content?: unknown } | null }[];
  readonly usage?: { readonly total_tokens?: unknown } | null;
}

function answerIn(text: string | undefined): Reply {
  if (text === undefined) return { reason: 'the answer is longer than 1 MiB' };
  let body: Body | null;
  try {
    body = JSON.parse(text) as Body | null;
  } catch {
    return { reason: 'the answer is not valid JSON' };
  }
  const answer = body?.choices?.[0]?.message?.content;
  if (typeof answer !== 'string') return { reason: 'the answer holds no choice with a text' };
  const tokens = body?.usage?.total_tokens;
  return typeof tokens === 'number' && Number.isFinite(tokens) && tokens >= 0
    ? { answer, tokens }
    : { answer };
}

/** The name of what failed and never its words, in which the request may be quoted. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timed out';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z_]+$/.test(code) ? `no connection (${code})` : 'the request failed';
}
