/**
 * What the layout works on, and what it gives: sizes and links in, boxes and routes out. It knows neither workflows nor
 * React, so that it can be tested and measured alone. All lengths are in pixels at zoom 1; y grows downwards.
 */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point, Size {}

/** Something of a fixed size. */
export interface LeafItem {
  readonly kind: 'leaf';
  readonly id: string;
  readonly size: Size;
}

/** A container: a header, and under it lanes side by side. */
export interface GroupItem {
  readonly kind: 'group';
  readonly id: string;
  /** Height of the header, and the least width of the whole. */
  readonly header: Size;
  readonly lanes: readonly Lane[];
}

export type LayoutItem = LeafItem | GroupItem;

/** Siblings that links connect. */
export interface Lane {
  readonly id: string;
  readonly items: readonly LayoutItem[];
  readonly links: readonly Link[];
}

/** A directed connection of two siblings; it is drawn downwards unless it closes a cycle. */
export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export interface Route {
  readonly id: string;
  /** A line of horizontal and vertical stretches, from the source's lower edge to the target's upper edge. */
  readonly points: readonly Point[];
  /** A place on the line that belongs to this link alone as far as possible: for a label or a button. */
  readonly label: Point;
  /** True for the link that closes a cycle: it is drawn as a plain line upwards. */
  readonly closesCycle: boolean;
}

export interface Layout {
  /** Of items and lanes, by id. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** By link id. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly size: Size;
}

export interface Spacing {
  /** Between siblings of a layer. */
  readonly columnGap: number;
  /** Between layers. */
  readonly layerGap: number;
  /** Added to a layer gap for each further track of horizontal lines in it. */
  readonly trackGap: number;
  /** Inside a lane, around its items. */
  readonly lanePadding: number;
  /** Between lanes, and between lanes and the frame. */
  readonly laneGap: number;
}

export const defaultSpacing: Spacing = { columnGap: 32, layerGap: 52, trackGap: 12, lanePadding: 16, laneGap: 12 };
