/** What a terminal tells of the first run: who comes from another computer proves by the code that it has seen this. */
export const setUpLines = (code: string | undefined): readonly string[] =>
  code === undefined
    ? []
    : [`Nobody can sign in yet. Open the page to set Holdfast up; elsewhere it asks for the code ${code}`];
