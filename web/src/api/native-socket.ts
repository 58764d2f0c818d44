// Stands in for the parts of realtime-js that look for a socket in other runtimes; see vite.config.ts.
export default { getWebSocketConstructor: () => WebSocket };
export class RealtimePostgresFilterBuilder {}
export const postgresChangesFilter = (): RealtimePostgresFilterBuilder => new RealtimePostgresFilterBuilder();
