import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { drain } from '../../loopback/drain.ts';
import { BodyFault, readBody } from '../../loopback/read-body.ts';
import type { Answered, ApiContext, ApiRoute } from '../api/api-route.ts';
import { createRoutes } from '../api/create-routes.ts';
import { allowedMethods, decodePath, matchRoute, readJsonBody, readQuery } from '../api/match-route.ts';
import { type Admission, admitRequest } from './admit-request.ts';
import { icon, type PageFiles, renderPage } from './page-files.ts';
import { safeHeaders } from './safe-headers.ts';
import { streamEvents } from './stream-events.ts';

export interface ServerOptions {
  context: ApiContext;
  page: PageFiles;
  token: string;
  allowHosts: readonly string[];
  /** Is told of what is a defect of ours. */
  onDefect: (error: unknown) => void;
}

const limits = { bodyBytes: 1024 * 1024, bodyIdleMs: 10_000, streams: 64 };

/** The page and its API over HTTP. */
export class InspectorServer {
  readonly server: Server;
  readonly #options: ServerOptions;
  readonly #routes: readonly ApiRoute[];
  #cookieName = '';
  #streams = 0;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#routes = createRoutes(options.context.version);
    const settings = { headersTimeout: 10_000, requestTimeout: 300_000, requireHostHeader: false };
    this.server = createServer(settings, (request, response) => {
      void this.#take(request, response);
    });
  }

  /** Once the port is known. */
  nameCookie(port: number): void {
    this.#cookieName = `plugin-host-${port}`;
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.server.close(() => {
      resolve(undefined);
    });
    this.server.closeAllConnections();
    await promise;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value);
    try {
      await this.#answer(request, response);
    } catch (error) {
      if (error instanceof BodyFault && error.kind === 'gone') return;
      this.#refuse(request, response, this.#toError(error));
    }
  }

  #toError(error: unknown): PluginHostError {
    if (error instanceof PluginHostError) return error;
    if (error instanceof BodyFault) {
      return error.kind === 'too-large'
        ? new PluginHostError('BODY_TOO_LARGE', `the body has more than ${limits.bodyBytes} bytes`, {
            hint: 'Send less.',
          })
        : new PluginHostError('REQUEST_TIMEOUT', 'the body did not come', { hint: 'Send it at once.' });
    }
    if (!this.#options.context.signal.aborted) this.#options.onDefect(error);
    return new PluginHostError('INTERNAL', 'something went wrong in plugin-host', {
      hint: 'The terminal where it runs says more.',
    });
  }

  #refuse(request: IncomingMessage, response: ServerResponse, error: PluginHostError): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { code, message, hint, httpStatus } = error;
    if (code === 'METHOD_NOT_ALLOWED') {
      const methods = allowedMethods(this.#routes, pathOf(request));
      response.setHeader('allow', methods.length === 0 ? 'GET' : methods.join(', '));
    }
    if (!request.complete) {
      response.setHeader('connection', 'close');
      drain(request);
    }
    sendJson(response, httpStatus, { error: { code, message, hint } });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pathname = pathOf(request);
    const target = new URL('http://localhost');
    target.search = (request.url ?? '').slice(pathname.length);
    const admission: Admission = { ...this.#options, cookieName: this.#cookieName };
    const segments = decodePath(pathname);
    target.pathname = segments === undefined ? '/v1/' : pathname; // a path that is none is no first visit
    const shown = admitRequest(request, target, admission);
    const isPage = isPagePath(segments);
    if (shown === 'address') {
      this.#redirect(response, target, pathname);
      return;
    }
    if (isPage || pathname.startsWith('/assets/')) {
      this.#sendFile(request, response, pathname, isPage);
      return;
    }
    await this.#callRoute(request, response, pathname, target.searchParams);
  }

  /** The token leaves the address bar and the history; the rest of the address stays as it was written. */
  #redirect(response: ServerResponse, { search }: URL, pathname: string): void {
    const others = search
      .slice(1)
      .split('&')
      .filter((each) => !new URLSearchParams(each).has('token'));
    const query = others.length === 0 ? '' : `?${others.join('&')}`;
    const cookie = `${this.#cookieName}=${this.#options.token}; HttpOnly; SameSite=Strict; Path=/`;
    response.writeHead(303, { 'set-cookie': cookie, location: `${pathname.replace(/^\/+/, '/')}${query}` }).end();
  }

  #sendFile(request: IncomingMessage, response: ServerResponse, pathname: string, isPage: boolean): void {
    if (request.method !== 'GET') {
      throw new PluginHostError('METHOD_NOT_ALLOWED', 'this address does not take this method', { hint: 'Use GET.' });
    }
    const { page } = this.#options;
    if (isPage) {
      send(response, 200, 'text/html; charset=utf-8', renderPage(page));
      return;
    }
    const files = {
      [`/assets/${page.scriptName}`]: ['text/javascript; charset=utf-8', page.script],
      [`/assets/${page.styleName}`]: ['text/css; charset=utf-8', page.style],
      '/assets/icon.svg': ['image/svg+xml', icon],
    } as const;
    const found = Object.hasOwn(files, pathname) ? files[pathname] : undefined;
    if (found === undefined)
      throw new PluginHostError('ROUTE_UNKNOWN', 'there is no such file', { hint: 'Load the page anew.' });
    if (/-[A-Z0-9]{8}\.\w+$/.test(pathname))
      response.setHeader('cache-control', 'private, max-age=31536000, immutable');
    send(response, 200, found[0], found[1]);
  }

  async #callRoute(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
    search: URLSearchParams,
  ): Promise<void> {
    const { route, params } = matchRoute(this.#routes, request.method ?? 'GET', pathname);
    const query = readQuery(route, search);
    const body = readJsonBody(route, await readChecked(request));
    const answered = await route.run(this.#options.context, { params, query, body });
    if ('events' in answered) await this.#stream(request, response);
    else sendAnswer(response, answered);
  }

  async #stream(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#streams >= limits.streams) {
      throw new PluginHostError('TOO_MANY_STREAMS', `${limits.streams} event streams are open`, {
        hint: 'Close a page.',
      });
    }
    this.#streams += 1;
    try {
      const { index, signal } = this.#options.context;
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      const id = request.headers['last-event-id'];
      await streamEvents(index.events, response, { lastId: typeof id === 'string' ? id : undefined, signal });
    } finally {
      this.#streams -= 1;
    }
  }
}

/** As it was sent: a parser of addresses would take out what leads upwards. */
function pathOf({ url = '/' }: IncomingMessage): string {
  const [pathname = '/'] = url.split('?');
  return pathname;
}

function isPagePath(segments: readonly string[] | undefined): boolean {
  if (segments?.length === 1) return segments[0] === '';
  const [first, name = '', n, ...others] = segments ?? [];
  return first === 'sessions' && name !== '' && others.length === 0 && (n === undefined || /^\d+$/.test(n));
}

/** @throws PluginHostError MEDIA_TYPE_UNSUPPORTED; BodyFault */
async function readChecked(request: IncomingMessage): Promise<Buffer> {
  const { 'content-length': length = '0', 'transfer-encoding': coding, 'content-type': type = '' } = request.headers;
  if (coding === undefined && Number(length) === 0) return Buffer.alloc(0);
  if (!/^application\/json\s*(?:;|$)/i.test(type)) {
    throw new PluginHostError('MEDIA_TYPE_UNSUPPORTED', 'the body is not of type application/json', {
      hint: 'Send content-type: application/json.',
    });
  }
  return readBody(request, { limitBytes: limits.bodyBytes, idleMs: limits.bodyIdleMs });
}

function sendAnswer(response: ServerResponse, answered: Exclude<Answered, { events: true }>): void {
  if ('json' in answered) {
    sendJson(response, 200, answered.json);
    return;
  }
  const { contentType, fileName, text } = answered.download;
  response.setHeader('content-disposition', `attachment; filename="${fileName}"`);
  send(response, 200, contentType, text);
}

function sendJson(response: ServerResponse, status: number, document: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(document));
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text);
}
