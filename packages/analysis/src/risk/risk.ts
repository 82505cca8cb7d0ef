/** How much of the node an elevation gives away. @public */
export type Risk = 'critical' | 'high' | 'medium' | 'low';
