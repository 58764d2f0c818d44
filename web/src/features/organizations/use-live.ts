// Keeps the screens of organisations and contacts in step while one of them is open.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { listenToTables } from '../../api/table-changes';
import { applyRecordChange } from './live';

export function useLiveRecords(): void {
  const client = useQueryClient();
  useEffect(() => listenToTables(['organizations', 'contacts', 'submissions', 'deals'], (change) => applyRecordChange(client, change)), [client]);
}
