// `servicebook schema service|office|handbook`: the JSON Schema that an editor of YAML reads.
import { Argument, type Command } from 'commander';
import type { Terminal } from '../../core/terminal.js';

const FILES = { service: 'service', office: 'office', handbook: 'book' } as const;

export default function schema(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('schema')
    .addArgument(new Argument('<file>', zh ? '哪一種檔案' : 'which file').choices(Object.keys(FILES)))
    .summary(zh ? '印出編輯器用的 JSON Schema' : 'print the JSON Schema for editors')
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook schema service > content/.schema/service.json\n\n檔案開頭寫一行，編輯器（VS Code 的 YAML 擴充套件等）就會提示項目、選項與說明：\n  # yaml-language-server: $schema=../.schema/service.json\n（servicebook init 與 new 會自動寫好。）'
        : '\nExample:\n  servicebook schema service > content/.schema/service.json\n\nWith this line at its head a file is completed and explained in editors that know YAML:\n  # yaml-language-server: $schema=../.schema/service.json\n(servicebook init and new write it.)',
    )
    .action(async (file: keyof typeof FILES) => {
      const { jsonSchemaOf } = await import('../../editor/json-schema.js');
      terminal.out(`${JSON.stringify(jsonSchemaOf(FILES[file]), null, 1)}\n`);
    });
}
