import type { Command } from "commander";
import { scaffoldNode } from "../../packages/scaffold.ts";
import { groupCommand, localCommand, type CommonOptions, type Tools } from "../command.ts";

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
        const made = await scaffoldNode({ dir: tools.io.cwd, name, prefix: options.prefix });
        tools.tell(options, made, () => [
          `${made.type} is in ${made.folder}, and holdfast.config.json names it`,
          `  npm test --prefix ${made.folder}     test it`,
          `  holdfast up                       see it in the palette; what you edit shows at once`,
          `  ${made.folder}/${name}.flow.json      a flow with it, for holdfast deploy`,
        ]);
      }),
  );
  return node;
}
