import type { Command } from "commander";
import { nodePages, writeNodePages } from "../../packages/node-pages.ts";
import { PackageError } from "../../packages/package-error.ts";
import { scaffoldNode } from "../../packages/scaffold.ts";
import { CliError } from "../cli-error.ts";
import { groupCommand, localCommand, type CommonOptions, type Tools } from "../command.ts";

interface DocsOptions extends CommonOptions {
  readonly check?: boolean;
}

interface NewOptions extends CommonOptions {
  readonly prefix: string;
}

/** `holdfast node`: node types of one's own. */
export function nodeCommand(tools: Tools): Command {
  const node = groupCommand("node", "make node types of your own");
  node.addCommand(
    localCommand("new", "make a package with a node type and a test that passes, in the folder nodes")
      .argument("<name>", "of the package: greet, send-parcel")
      .option("--prefix <word>", "what stands before the dot of the type", "my")
      .action(async (name: string, options: NewOptions) => {
        const dir = tools.io.cwd;
        const made = await scaffoldNode({ dir, name, prefix: options.prefix });
        await writeFirstPage(dir, made.folder);
        tools.tell(options, made, () => [
          `${made.type} is in ${made.folder}, and holdfast.config.json names it`,
          `  npm test --prefix ${made.folder}     test it`,
          `  holdfast up                       see it in the palette; what you edit shows at once`,
          `  ${made.folder}/${name}.flow.json      a flow with it, for holdfast deploy`,
        ]);
      }),
  );
  node.addCommand(
    localCommand("docs", "write the page of each node type of your packages, from its definition, into its docs folder")
      .option("--check", "write nothing, and fail if a page is missing or stale")
      .action(async (options: DocsOptions) => {
        const dir = tools.io.cwd;
        const pages = await nodePages(dir);
        const stale = pages.filter(({ current }) => !current);
        if (options.check === true && stale.length > 0) {
          const files = stale.map(({ file }) => file).join(", ");
          throw new CliError("node_docs_stale", `${files}: missing or stale; holdfast node docs writes them`);
        }
        await writeNodePages(dir, stale);
        const told = { pages: pages.map(({ type, file, current }) => ({ type, file, written: !current })) };
        tools.tell(options, told, () =>
          pages.map(({ file, current }) => `${file} ${current ? "is current" : "is written"}`),
        );
      }),
  );
  return node;
}

/** A package that can't be loaded yet, because the kit is not installed, gets its page later. */
async function writeFirstPage(dir: string, folder: string): Promise<void> {
  try {
    await writeNodePages(dir, await nodePages(dir, `./${folder}`));
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
  }
}
