/** What an entry of `configurations` in launch.json says of a call that waits. Source: documentation of debugpy and of Visual Studio Code, attaching. */
export function attachEntry(language: 'python' | 'typescript', port: number): Record<string, unknown> {
  switch (language) {
    case 'python':
      return { type: 'debugpy', request: 'attach', connect: { host: '127.0.0.1', port }, justMyCode: true };
    case 'typescript':
      return {
        type: 'node',
        request: 'attach',
        address: '127.0.0.1',
        port,
        skipFiles: ['<node_internals>/**', '**/module-shim.mjs', '**/module-debugger.mjs'],
      };
  }
}
