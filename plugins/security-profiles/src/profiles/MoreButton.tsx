import { Button } from '@backstage/ui';
import { useTexts } from '../texts/useTexts';

/** Props of {@link MoreButton}. */
export interface MoreButtonProps {
  pages: { left: number; isPending: boolean; more(): void };
}

/** Gets the next page of a list below the ones that are there. */
export function MoreButton(props: MoreButtonProps) {
  const { left, isPending, more } = props.pages;
  const { t } = useTexts();
  return left > 0 ? (
    <div>
      <Button variant="secondary" loading={isPending} onPress={more}>
        {t('profilePage.showMore', { count: left })}
      </Button>
    </div>
  ) : null;
}
