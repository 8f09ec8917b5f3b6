/** Why a file can't be read, or rows can't be written: in words for whoever made the flow. */
export class FileError extends Error {
  override readonly name = "FileError";
}
