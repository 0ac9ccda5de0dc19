import { describe, expect, it } from 'vitest';
import { stillChosen, ticked } from './folders';

const folders = ['INBOX', 'Amazon', '&V4NXPpCuTvY-'].map((folder) => ({ folder, name: folder }));

describe('the folders of a mailbox', () => {
  it('begin with the one for what comes in', () => expect(stillChosen(folders, [])).toEqual(['INBOX']));

  it('stay chosen while they exist', () => {
    expect(stillChosen(folders, ['Amazon', 'gone'])).toEqual(['Amazon']);
    expect(stillChosen(folders, ['gone'])).toEqual(['INBOX']);
    expect(stillChosen([], ['INBOX'])).toEqual([]);
  });

  it('are never none', () => {
    expect(ticked(['INBOX'], 'Amazon', true)).toEqual(['INBOX', 'Amazon']);
    expect(ticked(['INBOX', 'Amazon'], 'INBOX', false)).toEqual(['Amazon']);
    expect(ticked(['Amazon'], 'Amazon', false)).toEqual(['Amazon']);
  });
});
