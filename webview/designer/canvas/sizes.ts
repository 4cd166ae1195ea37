/** The sizes of what is drawn, in pixels at zoom 1. The style sheet draws within them and never changes them. */
import type { Size } from '../layout/model';

export const cardSize: Size = { width: 240, height: 52 };
/** The header of an open container: its height, and the least width of the container. */
export const headerSize: Size = { width: 272, height: 52 };
/** Where a lane begins: a dot, or the side's or case's name. */
export const dotSize: Size = { width: 12, height: 12 };
export const laneLabelSize: Size = { width: 148, height: 24 };
export const emptyLaneSize: Size = { width: 168, height: 36 };
/** What the root shows when the workflow has no trigger. */
export const noTriggerSize: Size = { width: 240, height: 52 };
