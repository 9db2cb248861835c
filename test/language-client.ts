// An editor as a language server knows it: a process, its messages, and what it says of open files.
import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node.js';

export type Client = {
  connection: ProtocolConnection;
  open(file: string, text: string): void;
  change(file: string, text: string): void;
  /** The next list of diagnostics of a file for which this holds. */
  diagnostics(file: string, holds: (found: Diagnostic[]) => boolean): Promise<Diagnostic[]>;
  ask<T>(method: string, file: string, text: string, marked: string, more?: object): Promise<T>;
  close(): Promise<void>;
};

const uri = (file: string): string => pathToFileURL(file).href;
const languageOf = (file: string): string => (file.endsWith('.md') ? 'markdown' : 'yaml');

export async function startServer(args: readonly string[], root: string, settings?: object): Promise<Client> {
  const child: ChildProcess = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  if (!child.stdin || !child.stdout) throw new Error('no pipes');
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const last = new Map<string, Diagnostic[]>();
  const waiting = new Set<() => void>();
  connection.onNotification('textDocument/publishDiagnostics', (told: { uri: string; diagnostics: Diagnostic[] }) => {
    last.set(told.uri, told.diagnostics);
    for (const each of waiting) each();
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
    items.map(({ section }) => (settings as Record<string, unknown> | undefined)?.[section] ?? null),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri(root),
    workspaceFolders: [{ uri: uri(root), name: 'root' }],
    capabilities: { textDocument: { hover: { contentFormat: ['markdown'] } }, workspace: { configuration: true } },
  });
  await connection.sendNotification('initialized', {});
  let version = 1;
  return {
    connection,
    open: (file, text) =>
      void connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(file), languageId: languageOf(file), version, text },
      }),
    change: (file, text) => {
      version += 1;
      last.delete(uri(file));
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(file), version },
        contentChanges: [{ text }],
      });
    },
    diagnostics: (file, holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = last.get(uri(file));
          if (!found || !holds(found)) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    ask: (method, file, text, marked, more = {}) => {
      const before = text.slice(0, text.indexOf(marked) + marked.length).split('\n');
      const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      return connection.sendRequest(`textDocument/${method}`, { textDocument: { uri: uri(file) }, position, ...more });
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}
