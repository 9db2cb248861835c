// Reads charts given as Mermaid text with Mermaid itself, in a thread of its own with nothing of the machine around it.
import { createContext, runInContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';

/** `script`: Mermaid, as one script for a page. `plain`: a text without what Mermaid takes away before it reads. */
export type Asked = { script: string; texts: readonly { text: string; plain: string }[] };

/** What Mermaid answers about a text; `line` counts from 1. */
export type Answer = {
  kind: 'drawable' | 'empty' | 'unknown' | 'settings' | 'refused' | 'endless';
  line?: number;
  /** The piece of the text at which it stopped, as the text has it. */
  written?: string;
  token?: string;
  expected?: readonly string[];
};

/** So much of a page as Mermaid looks for, and no machine around it. */
function page(): Record<string, unknown> {
  const nothing = (): undefined => undefined;
  const element = () => ({
    nodeType: 1,
    style: {},
    childNodes: [],
    attributes: [],
    firstChild: null,
    innerHTML: '',
    textContent: '',
    setAttribute: nothing,
    removeChild: nothing,
    appendChild: (child: unknown) => child,
    getElementsByTagName: () => [],
    querySelectorAll: () => [],
  });
  const document: Record<string, unknown> = {
    nodeType: 9,
    documentElement: element(),
    head: element(),
    body: element(),
    currentScript: null,
    createElement: element,
    createTextNode: element,
    createDocumentFragment: element,
    createNodeIterator: () => ({ nextNode: () => null }),
    getElementsByTagName: () => [element()],
    querySelector: () => null,
    querySelectorAll: () => [],
    importNode: (node: unknown) => node,
    addEventListener: nothing,
  };
  document.implementation = { createHTMLDocument: () => document, createDocument: () => document };
  const world: Record<string, unknown> = {
    document,
    addEventListener: nothing,
    console: { log: nothing, warn: nothing, error: nothing, info: nothing, debug: nothing, trace: nothing },
    setTimeout,
    clearTimeout,
    queueMicrotask,
    structuredClone,
    performance,
    URL,
    TextEncoder,
    TextDecoder,
    DOMParser: class {
      parseFromString() {
        return { documentElement: element(), body: element() };
      }
    },
  };
  for (const name of ['DocumentFragment', 'HTMLTemplateElement', 'Node', 'Element', 'NodeFilter', 'HTMLFormElement'])
    world[name] = class {};
  world.NamedNodeMap = class {};
  world.window = world;
  world.self = world;
  return world;
}

/** What Mermaid answers about a text. */
function answererOf(mermaid: import('mermaid').Mermaid): (asked: Asked['texts'][number]) => Promise<Answer> {
  type Refused = {
    name?: string;
    message?: string;
    hash?: { token?: unknown; text?: unknown; expected?: readonly unknown[]; loc?: { first_line?: number } };
  };
  const asRefused = (error: unknown, before: number): Answer => {
    const { name, message = '', hash } = error as Refused;
    if (name === 'UnknownDiagramError') return { kind: 'unknown', line: before + 1 };
    const line = hash?.loc?.first_line ?? Number(/line (\d+)/.exec(message)?.[1] ?? 0);
    return {
      kind: 'refused',
      // Where it says no line, or one of nothing, all that is known is the text.
      ...(line > 0 ? { line: line + before } : {}),
      written: String(hash?.text ?? '').trim(),
      token: /^Edge limit/.test(message) ? 'edges' : String(hash?.token ?? hash?.text ?? ''),
      expected: (hash?.expected ?? []).map(String),
    };
  };
  return async ({ text, plain }) => {
    // Empty lines at the beginning are not counted by Mermaid.
    const before = /^\s*\n/.exec(plain)?.[0].split('\n').length ?? 1;
    const lines = plain.split('\n').filter((line) => line.trim() !== '');
    try {
      const { diagramType } = await mermaid.parse(plain);
      const { db } = (await mermaid.mermaidAPI.getDiagramFromText(plain)) as unknown as {
        db: { getVertices?: () => { size?: number } };
      };
      const vertices = /^(flowchart|swimlane)/.test(diagramType) ? db.getVertices?.().size : undefined;
      if (vertices === 0 || (vertices === undefined && lines.length < 2 && !/[;:]/.test(lines[0] ?? '')))
        return { kind: 'empty' };
    } catch (error) {
      return asRefused(error, before - 1);
    }
    try {
      await mermaid.parse(text);
      return { kind: 'drawable' };
    } catch {
      return { kind: 'settings' };
    }
  };
}

/** Mermaid in a context of its own; the answers are posted one by one. */
async function answerAll({ script, texts }: Asked, post: (answer: Answer | 'ready') => void): Promise<void> {
  const world = page();
  runInContext(script, createContext(world));
  const mermaid = world.mermaid as import('mermaid').Mermaid;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    secure: ['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'htmlLabels'],
  });
  const answer = answererOf(mermaid);
  post('ready');
  for (const each of texts) post(await answer(each));
}

if (parentPort !== null) {
  const port = parentPort;
  void answerAll(workerData as Asked, (answer) => port.postMessage(answer));
}
