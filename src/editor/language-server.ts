// The findings of lint while somebody types, with completion, explanation and fixes: what editors ask by the Language Server Protocol.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type CodeAction,
  CodeActionKind,
  CompletionItemKind,
  type Connection,
  createConnection,
  DiagnosticSeverity,
  type Diagnostic as Shown,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
  type TextEdit,
} from 'vscode-languageserver/node.js';
import { type Memories, memoriesIn, openProject, type Project } from '../build/project.js';
import type { Handbook } from '../content/schema/model.js';
import { cacheOf } from '../core/cache.js';
import type { Diagnostic } from '../core/diagnostic.js';
import { loadFolder, programVersion } from '../core/program-files.js';
import type { Lang, Span } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { within } from '../lint/identity.js';
import { isMended, rangeOf } from '../lint/report.js';
import type { Rule } from '../lint/rule.js';
import { explainedAt, kindOf, offersAt } from './help.js';

export type Streams = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream };

/** A content folder in which a file is open. */
type Office = {
  folder: string;
  project: Project;
  found: readonly Diagnostic[];
  /** As it was read last. */
  handbook?: Handbook;
  /** Files of which something is shown. */
  shown: Set<string>;
  judging: Promise<void> | undefined;
  again: boolean;
};

type Open = { path: string; text: string; version: number };

/** Serves one editor until it says so, or goes away. */
export async function serve(
  { input, output }: Streams,
  lang: Lang,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const connection = createConnection(new StreamMessageReader(input), new StreamMessageWriter(output));
  const server = new Server(connection, lang, env, await loadFolder<Rule>('lint/rules'));
  await server.listen(input);
}

class Server {
  readonly #open = new Map<string, Open>();
  readonly #offices = new Map<string, Office>();

  constructor(
    private readonly connection: Connection,
    private readonly lang: Lang,
    private readonly env: Readonly<Record<string, string | undefined>>,
    private readonly rules: ReadonlyMap<string, Rule>,
  ) {}

  async listen(input: NodeJS.ReadableStream): Promise<void> {
    const { connection } = this;
    connection.onInitialize(() => ({
      serverInfo: { name: 'servicebook', version: programVersion() },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Full, save: true },
        completionProvider: { triggerCharacters: [':', ' ', '-', '#', '、', '：'] },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
      },
    }));
    connection.onDidOpenTextDocument(({ textDocument: { uri, text, version } }) => this.#take(uri, text, version));
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      const text = contentChanges.at(-1)?.text;
      if (text !== undefined) this.#take(uri, text, version);
    });
    connection.onDidSaveTextDocument(({ textDocument: { uri } }) => this.#judge(this.#officeOf(uri)));
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      this.#open.delete(uri);
      this.#judge(this.#officeOf(uri));
    });
    connection.onCompletion(async ({ textDocument: { uri }, position }) => {
      const at = await this.#placeOf(uri, position);
      if (!at) return [];
      return offersAt(at.kind, at.path, at.text, at.offset, at.handbook, this.lang).map((offer) => ({
        label: offer.label,
        kind: KINDS[offer.kind],
        detail: offer.detail,
        ...(offer.replaces === undefined
          ? { insertText: offer.insert }
          : {
              filterText: offer.insert.slice(0, offer.replaces),
              textEdit: {
                range: { start: { ...position, character: position.character - offer.replaces }, end: position },
                newText: offer.insert,
              },
            }),
        ...(offer.explained ? { documentation: { kind: 'markdown' as const, value: offer.explained } } : {}),
      }));
    });
    connection.onHover(async ({ textDocument: { uri }, position }) => {
      const at = await this.#placeOf(uri, position);
      const said = at && explainedAt(at.kind, at.path, at.text, at.offset, at.handbook, this.lang);
      if (!at || !said) return null;
      const span = { source: { path: '', text: at.text }, start: said.start, end: said.end };
      return { contents: { kind: 'markdown', value: said.text }, range: shownRange(span) };
    });
    connection.onCodeAction(({ textDocument: { uri }, range, context }) => this.#actionsFor(uri, range, context.only));
    connection.onShutdown(async () => {
      for (const { project, judging } of this.#offices.values()) {
        await judging;
        project.remember();
      }
    });
    const ended = new Promise<void>((resolve) => {
      connection.onExit(() => resolve());
      input.on('end', resolve);
    });
    connection.listen();
    await ended;
  }

  #take(uri: string, text: string, version: number): void {
    if (!uri.startsWith('file:')) return;
    const path = fileURLToPath(uri).replaceAll('\\', '/');
    this.#open.set(uri, { path, text, version });
    this.#judge(this.#officeOf(uri));
  }

  /** The office whose content a file is: the nearest folder above it that holds office.yaml or handbook.yaml. */
  #officeOf(uri: string): Office | undefined {
    if (!uri.startsWith('file:')) return undefined;
    let folder = dirname(fileURLToPath(uri));
    while (!['office.yaml', 'handbook.yaml'].some((name) => existsSync(join(folder, name)))) {
      if (dirname(folder) === folder) return undefined;
      folder = dirname(folder);
    }
    const root = folder.replaceAll('\\', '/');
    const known = this.#offices.get(root);
    if (known) return known;
    const memories: Memories | undefined = memoriesIn(cacheOf(this.env).folder, folder);
    const project = openProject({ folder, cwd: folder }, { memories, rules: this.rules });
    const office: Office = { folder: root, project, found: [], shown: new Set(), judging: undefined, again: false };
    this.#offices.set(root, office);
    return office;
  }

  /** One judgement at a time; whatever was typed meanwhile is judged after it, at once. */
  #judge(office: Office | undefined): void {
    if (!office) return;
    if (office.judging) {
      office.again = true;
      return;
    }
    office.judging = this.#judgeNow(office).finally(() => {
      office.judging = undefined;
      if (!office.again) return;
      office.again = false;
      this.#judge(office);
    });
  }

  #textsIn({ folder }: Office): Map<string, string> {
    return new Map(
      [...this.#open.values()].flatMap(({ path, text }) => (path.startsWith(`${folder}/`) ? [[path, text]] : [])),
    );
  }

  async #judgeNow(office: Office): Promise<void> {
    try {
      const { diagnostics } = await office.project.lint(this.#textsIn(office));
      office.found = diagnostics;
      this.#show(office);
    } catch (error) {
      // A folder that went away, or content of a later format.
      if (!(error instanceof UserError)) throw error;
      this.connection.window.showErrorMessage(error.say[this.lang]);
    }
  }

  #show(office: Office): void {
    const byFile = new Map<string, Diagnostic[]>([...office.shown].map((path) => [path, []]));
    for (const each of office.found) {
      const { path } = each.span.source;
      byFile.set(path, [...(byFile.get(path) ?? []), each]);
    }
    office.shown = new Set(office.found.map(({ span }) => span.source.path));
    const versions = new Map([...this.#open.values()].map(({ path, version }) => [path, version]));
    for (const path of versions.keys())
      if (path.startsWith(`${office.folder}/`) && !byFile.has(path)) byFile.set(path, []);
    for (const [path, found] of byFile) {
      const version = versions.get(path);
      void this.connection.sendDiagnostics({
        uri: this.#uriOf(path),
        ...(version === undefined ? {} : { version }),
        diagnostics: found.map((each) => this.#shown(each)),
      });
    }
  }

  /** As the editor itself names the file, where it is open. */
  #uriOf(path: string): string {
    for (const [uri, open] of this.#open) if (open.path === path) return uri;
    return pathToFileURL(path).href;
  }

  #shown({ rule, severity, span, message, hint }: Diagnostic): Shown {
    return {
      range: shownRange(span),
      severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
      code: rule,
      source: 'servicebook',
      message: [message[this.lang], hint?.[this.lang]].filter(Boolean).join('\n'),
    };
  }

  async #placeOf(uri: string, { line, character }: { line: number; character: number }) {
    const office = this.#officeOf(uri);
    const open = this.#open.get(uri);
    const kind = office && open && kindOf(within(open.path, office.folder));
    if (!office || !open || !kind) return undefined;
    office.handbook =
      (await office.project.read(this.#textsIn(office)).catch(() => undefined))?.handbook ?? office.handbook;
    const lines = open.text.split('\n');
    const offset = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
    return { kind, path: within(open.path, office.folder), text: open.text, offset, handbook: office.handbook };
  }

  #actionsFor(uri: string, range: Shown['range'], only: readonly string[] | undefined): CodeAction[] {
    const office = this.#officeOf(uri);
    const open = this.#open.get(uri);
    if (!office || !open) return [];
    const isAsked = (kind: string): boolean =>
      !only || only.some((each) => kind === each || kind.startsWith(`${each}.`));
    // Of a judgement on another text no fix would stand in its place.
    const own = office.found.filter(
      ({ fix, span }) =>
        fix && fix.span.source === span.source && span.source.path === open.path && span.source.text === open.text,
    );
    const edit = (found: readonly Diagnostic[]): TextEdit[] =>
      found.flatMap(({ fix }) => (fix ? [{ range: shownRange(fix.span), newText: fix.text }] : []));
    const quick = own
      .filter(({ span }) => overlap(shownRange(span), range))
      .map((each): CodeAction => {
        const text = each.fix?.text ?? '';
        const title =
          this.lang === 'zh'
            ? text === ''
              ? '刪去'
              : `改為「${text}」`
            : text === ''
              ? 'Delete it'
              : `Change to "${text}"`;
        return {
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [this.#shown(each)],
          isPreferred: isMended(each, this.rules),
          edit: { changes: { [uri]: edit([each]) } },
        };
      });
    const safe = apart(own.filter((each) => isMended(each, this.rules)));
    const all: CodeAction[] =
      safe.length === 0
        ? []
        : [
            {
              title:
                this.lang === 'zh'
                  ? `改正 ${safe.length} 處不影響文義的問題`
                  : `Fix ${safe.length} that change no meaning`,
              kind: CodeActionKind.SourceFixAll,
              edit: { changes: { [uri]: edit(safe) } },
            },
          ];
    return [...(isAsked(CodeActionKind.QuickFix) ? quick : []), ...(isAsked(CodeActionKind.SourceFixAll) ? all : [])];
  }
}

const KINDS = {
  key: CompletionItemKind.Property,
  choice: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Reference,
};

/** The protocol counts lines and units from 0. */
function shownRange(span: Span): Shown['range'] {
  const { line, column, endLine, endColumn } = rangeOf(span);
  return { start: { line: line - 1, character: column - 1 }, end: { line: endLine - 1, character: endColumn - 1 } };
}

type Place = { line: number; character: number };
const isBefore = (a: Place, b: Place): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);
const overlap = (a: Shown['range'], b: Shown['range']): boolean =>
  !isBefore(a.end, b.start) && !isBefore(b.end, a.start);

/** Fixes of which none touches another, the first of each. */
function apart(found: readonly Diagnostic[]): Diagnostic[] {
  let at = 0;
  return found
    .toSorted((a, b) => (a.fix?.span.start ?? 0) - (b.fix?.span.start ?? 0))
    .filter(({ fix }) => {
      if (!fix || fix.span.start < at) return false;
      at = fix.span.end;
      return true;
    });
}
