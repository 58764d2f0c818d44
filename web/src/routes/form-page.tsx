import { useParams } from '@tanstack/react-router';

import { IntakeScreen } from '../features/submissions/intake-screen';

export function FormPage() {
  const { territory } = useParams({ strict: false });
  return <IntakeScreen country={territory} />;
}
