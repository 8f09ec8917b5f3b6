import { useState, type ClipboardEvent, type DragEvent } from "react";
import type { Task } from "./groups.ts";
import { type Upload, useUpload } from "./use-upload.ts";

export interface Dropped {
  readonly upload: Upload;
  /** Files are held over the card. */
  readonly over: boolean;
  /** @returns Whether they are attached. */
  readonly take: (files: FileList) => boolean;
  /** Of the card. */
  readonly handlers: {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
    readonly onPaste: (event: ClipboardEvent) => void;
  };
}

/**
 * Attaching by dropping on the card, wherever on it, or pasting. Where a task takes none the browser is kept from
 * opening the file in place of the page.
 */
export function useDrop(task: Task): Dropped {
  const upload = useUpload(task.id);
  const [over, setOver] = useState(false);
  const allowed = task.status === "open" && task.filesAllowed;
  const take = (files: FileList): boolean => {
    if (!allowed || files.length === 0) return false;
    upload.add([...files]);
    return true;
  };
  return {
    upload,
    over,
    take,
    handlers: {
      onDragOver: (event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = allowed ? "copy" : "none";
        setOver(allowed);
      },
      onDragLeave: ({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
      },
      onDrop: (event) => {
        setOver(false);
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        take(event.dataTransfer.files);
      },
      onPaste: (event) => {
        if (take(event.clipboardData.files)) event.preventDefault();
      },
    },
  };
}
