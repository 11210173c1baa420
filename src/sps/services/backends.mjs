/**
 * Turns a plugin's connections to simulated backends: look-ups of names, connections, datagrams and trust, as backends.py does. Nothing else is
 * reached. `fetch` stands on the same functions. A name gets an address of a range that no network has (RFC 2544), which stands for it.
 */
const node = (name) => process.getBuiltinModule(`node:${name}`);
const { apply } = Reflect;
const { defineProperty } = Object;
const loopback = '127.0.0.1';

export function turnConnections({ targets, ca, allowed, recording }, tell) {
  const [net, tls, dns, dgram, children, module] = ['net', 'tls', 'dns', 'dgram', 'child_process', 'module'].map(node);
  const addresses = new Map();
  const names = new Map();
  const asked = new Map();
  const told = new Set();
  const ownName = node('os').hostname().toLowerCase();

  const once = (key, word) => {
    if (told.has(key)) return;
    told.add(key);
    tell(word);
  };
  const isLocalTurned = recording !== undefined || targets.some(([, address]) => address === 'localhost');
  /** This machine's own names are what they are, unless a backend has one, or what they lead to is recorded. */
  const isOwn = (name) => (name === 'localhost' ? !isLocalTurned : name === ownName);
  const isName = (host) => typeof host === 'string' && host !== '' && net.isIP(host) === 0 && !isOwn(plainName(host));
  const addressOf = (name) => {
    let address = addresses.get(name);
    if (address === undefined) {
      const number = addresses.size + 1;
      address = `198.18.${Math.floor(number / 254) % 256}.${(number % 254) + 1}`;
      addresses.set(name, address);
      names.set(address, name);
    }
    return address;
  };
  /** The port on loopback; undefined when there is none. */
  const find = (host, port, transport) => {
    const name = names.get(host) ?? host;
    if (recording !== undefined) return record(name, port);
    const found = targets.find(
      ([kind, address, only]) => kind === transport && address === plainName(name) && (only ?? port) === port,
    );
    if (found === undefined) once(`${transport} ${name} ${port}`, { host: name, port, transport });
    return found?.[3];
  };
  const recorded = new Map(recording?.known.map(([host, port], index) => [`${host} ${port}`, recording.ports[index]]));
  /** The port that passes on to the real system. */
  const record = (host, port) => {
    const key = `${host} ${port}`;
    if (!recorded.has(key) && recorded.size < recording.ports.length) {
      tell({ host, port, recorded: recorded.size });
      recorded.set(key, recording.ports[recorded.size]);
    }
    return recorded.get(key);
  };
  const isAllowed = (host, port) => allowed.some(([name, only]) => name === host && only === port);

  turnSockets();
  turnTrust();
  turnLookUps(dns);
  turnLookUps(dns.promises, true);
  turnDatagrams();
  watchPrograms();
  module.syncBuiltinESMExports();

  function turnSockets() {
    const { connect } = net.Socket.prototype;
    replace(net.Socket.prototype, 'connect', function (...args) {
      const [options, callback] = normalized(args);
      const { path, host = 'localhost', port } = options;
      if (path != null || isAllowed(host, Number(port))) return apply(connect, this, args);
      const turned = find(host, Number(port), 'tcp');
      if (turned !== undefined) {
        const { lookup: _, family: __, localAddress: ___, ...others } = options;
        return apply(connect, this, [{ ...others, host: loopback, port: turned }, callback]);
      }
      if (typeof callback === 'function') this.once('connect', callback);
      this.connecting = true;
      process.nextTick(() => this.destroy(refused('connect', host, port)));
      return this;
    });
  }

  /** Nothing but backends is reached, so the usual authorities are not needed: to read them takes long. */
  function turnTrust() {
    const { connect } = tls;
    replace(tls, 'connect', (...args) => {
      const [given, callback] = normalized(args);
      const options = { ...given };
      if (options.secureContext === undefined) options.ca = options.ca === undefined ? [ca] : [options.ca, ca].flat();
      else options.secureContext.context.addCACert(ca);
      return connect(options, ...(typeof callback === 'function' ? [callback] : []));
    });
  }

  function turnLookUps(of, isPromise = false) {
    const answer = (callback, ...values) => process.nextTick(callback, null, ...values);
    const { lookup } = of;
    replace(of, 'lookup', (host, given, last) => {
      const options = typeof given === 'object' && given !== null ? given : { family: given };
      const callback = typeof given === 'function' ? given : last;
      if (!isName(host)) return isPromise ? lookup(host, given) : lookup(...[host, given, last].slice(0, last ? 3 : 2));
      const address = addressOf(host);
      const all = options?.all === true;
      if (isPromise) return Promise.resolve(all ? [{ address, family: 4 }] : { address, family: 4 });
      return all ? answer(callback, [{ address, family: 4 }]) : answer(callback, address, 4);
    });
    replace(of, 'resolve4', (host, given, last) => {
      const callback = last ?? given;
      const isLong = typeof given === 'object' && given?.ttl === true;
      const found = [isLong ? { address: addressOf(host), ttl: 60 } : addressOf(host)];
      return isPromise ? Promise.resolve(found) : answer(callback, found);
    });
    const { resolve } = of;
    replace(of, 'resolve', (host, kind, last) => {
      if (kind === undefined || kind === 'A' || typeof kind === 'function') return of.resolve4(host, last ?? kind);
      return resolve(...[host, kind, last].slice(0, last ? 3 : 2));
    });
  }

  function turnDatagrams() {
    const { connect, send, emit } = dgram.Socket.prototype;
    const isOdd = (value) => typeof value !== 'string';
    replace(dgram.Socket.prototype, 'send', function (...args) {
      const at = args.findIndex((each, index) => index > 0 && typeof each === 'string');
      const portAt = at > 0 ? at - 1 : undefined;
      if (portAt === undefined) return apply(send, this, args);
      // Only HTTP is recorded.
      if (recording !== undefined) return apply(send, this, args.with(at, names.get(args[at]) ?? args[at]));
      const turned = turn(args[at], Number(args[portAt]));
      const callback = args.at(-1);
      if (turned === undefined) return fail(this, 'send', args[at], args[portAt], callback);
      return apply(send, this, [...args.slice(0, portAt), turned, loopback, ...args.slice(at + 1)]);
    });
    replace(dgram.Socket.prototype, 'connect', function (port, host, callback) {
      const name = isOdd(host) ? loopback : host;
      const done = isOdd(host) ? host : callback;
      const turned = recording === undefined ? turn(name, Number(port)) : undefined;
      if (recording !== undefined)
        return apply(connect, this, [port, names.get(name) ?? name, ...[done].filter(Boolean)]);
      if (turned === undefined) return fail(this, 'connect', name, port, done);
      return apply(connect, this, [turned, loopback, ...(done === undefined ? [] : [done])]);
    });
    replace(dgram.Socket.prototype, 'emit', function (event, ...args) {
      const [message, from] = args;
      const whom = event === 'message' ? asked.get(from?.port) : undefined;
      return apply(emit, this, [event, ...(whom === undefined ? args : [message, { ...from, ...whom }])]);
    });

    function turn(host, port) {
      // A socket that is being bound sends again what it was given.
      const isTurned = host === loopback && targets.some(([kind, , , where]) => kind === 'udp' && where === port);
      if (isTurned || isAllowed(host, port)) return port;
      const turned = find(host, port, 'udp');
      if (turned !== undefined) asked.set(turned, { address: isName(host) ? addressOf(host) : host, port });
      return turned;
    }
    function fail(socket, call, host, port, callback) {
      const error = refused(call, host, port);
      process.nextTick(() => (typeof callback === 'function' ? callback(error) : socket.emit('error', error)));
    }
  }

  function watchPrograms() {
    for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
      const original = children[name];
      replace(children, name, (...args) => {
        const program = String(args[0]).split(' ')[0].split('/').at(-1);
        once(program, { program });
        return original(...args);
      });
    }
  }
}

function plainName(name) {
  return name
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

/** As `net` takes its arguments: options, a path, or a port and a host; the callback may be the last. */
function normalized(args) {
  const [first, ...rest] = Array.isArray(args[0]) ? args[0] : args; // Node's own calls
  const callback = [first, ...rest].findLast((each) => typeof each === 'function');
  if (typeof first === 'object' && first !== null) return [first, callback];
  if (typeof first === 'string' && Number.isNaN(Number(first))) return [{ path: first }, callback];
  const [host, more] = rest;
  const options = [host, more].find((each) => typeof each === 'object' && each !== null);
  return [{ ...options, port: first, ...(typeof host === 'string' && { host }) }, callback];
}

function refused(call, host, port) {
  const error = new Error(`${call} ECONNREFUSED ${host}:${port}`);
  return Object.assign(error, { errno: -111, code: 'ECONNREFUSED', syscall: call, address: host, port: Number(port) });
}

/** Looks as the original does. */
function replace(object, name, value) {
  const original = object[name];
  defineProperty(value, 'name', { value: name });
  defineProperty(value, 'length', { value: original.length });
  object[name] = value;
}
